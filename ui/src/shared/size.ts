const MB = 1 << 20;

/** The size of a file as the file manager says it. */
export const size = (bytes: number): string => (bytes >= MB ? `${(bytes / MB).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`);
