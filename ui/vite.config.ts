import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";
import { manual } from "./manual.ts";

export default defineConfig({
  plugins: [vue(), manual()],
  // Oldest web views we open in: WebKitGTK of Ubuntu 22.04, WebView2.
  build: { target: ["safari15", "chrome100"], outDir: "dist", chunkSizeWarningLimit: 700 },
  server: { port: 1420, strictPort: true, fs: { allow: [".."] } },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.ts"],
    setupFiles: ["tests/setup.ts"],
    // A busy machine is no fault of what is tested.
    testTimeout: 120_000,
    server: { deps: { inline: ["element-plus"] } },
  },
});
