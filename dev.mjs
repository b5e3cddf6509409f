// Set-up, run and test of Huijuan on a machine that has only Rust and Node. Node built-ins only.
//   node dev.mjs run    system packages, front end, program; then the window with the sample project, or, without a
//                       display, the sample package as PDF and DOCX
//   node dev.mjs test   the same set-up, then every test: Rust, UI, and the real window under Xvfb
//   node dev.mjs package  the program as an installable package of this system (.deb and .rpm on Linux)
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
const windows = process.platform === "win32";

/** What the window is built from, and what the tests judge with (Debian and Ubuntu names). */
const packages = {
  build: ["build-essential", "pkg-config", "libwebkit2gtk-4.1-dev", "librsvg2-dev", "libxdo-dev", "fonts-noto-cjk"],
  test: ["webkit2gtk-driver", "xvfb", "xauth", "dbus-x11", "maim", "qpdf", "poppler-utils", "libreoffice-writer", "python3-docx",
    "python3-venv", "fontconfig", "fonts-wqy-zenhei", "fonts-arphic-uming"],
};

/** Runs a program in the foreground; a failure ends everything with its name. */
function run(program, args, options = {}) {
  const shown = [program, ...args].join(" ");
  console.log(`\n== ${shown}`);
  const done = spawnSync(program, args, { cwd: root, stdio: "inherit", shell: windows && program === "npm", ...options });
  if (done.error) fail(`${shown}: ${done.error.message}`);
  if (done.status !== 0) fail(`${shown}: exit ${done.status ?? done.signal}`, done.status ?? 1);
}

/** Runs what fetches something, once more when the network failed. */
function fetched(program, args, options = {}) {
  for (let left = 2; left > 0; left -= 1) {
    const shown = [program, ...args].join(" ");
    console.log(`\n== ${shown}`);
    const done = spawnSync(program, args, { cwd: root, stdio: "inherit", shell: windows && program === "npm", ...options });
    if (done.status === 0) return;
    console.log(`${shown}: exit ${done.status ?? done.signal ?? done.error?.message}; once more`);
    spawnSync(process.execPath, ["-e", "setTimeout(() => {}, 5000)"]);
  }
  run(program, args, options);
}

function fail(why, status = 1) {
  console.error(`\nFAILED: ${why}`);
  process.exit(status);
}

const works = (program, args) => spawnSync(program, args, { stdio: "ignore", shell: windows && program === "npm" }).status === 0;

function systemPackages(wanted) {
  if (process.platform !== "linux") {
    if (windows) console.log("Windows: needs the MSVC build tools and the WebView2 runtime (part of Windows 11).");
    else console.log("macOS: needs the Xcode command line tools (xcode-select --install).");
    return;
  }
  if (!works("dpkg-query", ["--version"])) {
    console.log(`This Linux has no dpkg. Please see that what Debian calls these is there: ${wanted.join(" ")}`);
    return;
  }
  const missing = wanted.filter((name) => {
    const asked = spawnSync("dpkg-query", ["-W", "-f=${Status}", name], { encoding: "utf8" });
    return !asked.stdout?.includes("install ok installed");
  });
  if (missing.length === 0) return;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args) => {
    const full = ["-o", "DPkg::Lock::Timeout=600", ...args];
    if (process.getuid() === 0) fetched("apt-get", full, { env });
    else fetched("sudo", ["-E", "apt-get", ...full], { env });
  };
  apt("update");
  apt("install", "-y", "--no-install-recommends", ...missing);
}

/** Installs the front end's packages when the lock changed since the last time. */
function frontEnd() {
  const ui = join(root, "ui");
  const lock = createHash("sha256").update(readFileSync(join(ui, "package-lock.json"))).digest("hex");
  const mark = join(ui, "node_modules", ".installed-from");
  if (!existsSync(mark) || readFileSync(mark, "utf8") !== lock) {
    fetched("npm", ["ci", "--no-audit", "--no-fund"], { cwd: ui });
    writeFileSync(mark, lock);
  }
}

const npm = (script) => run("npm", ["run", script], { cwd: join(root, "ui") });
const targetDir = () => process.env.CARGO_TARGET_DIR ?? join(root, "target");
const program = (name, profile) => join(targetDir(), profile, windows ? `${name}.exe` : name);

function runSample() {
  systemPackages(packages.build);
  frontEnd();
  npm("build");
  run("cargo", ["build", "--release", "--locked", "-p", "huijuan-desktop", "-p", "huijuan-cli"]);
  const project = join(root, "sample", "示例项目");
  const huijuan = program("huijuan", "release");
  if (!existsSync(join(project, "index.sqlite"))) {
    // One that was stopped half way is begun anew.
    const unfinished = `${project}.part`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(join(root, "sample"), { recursive: true });
    run(huijuan, ["demo", unfinished, "--documents", "60"]);
    renameSync(unfinished, project);
  }
  const display = process.platform !== "linux" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (display) {
    run(program("huijuan-desktop", "release"), [project]);
    return;
  }
  console.log("\nThere is no display: the sample package is compiled instead of opening the window.");
  for (const format of ["pdf", "docx"]) compileSample(huijuan, project, format);
}

/** Exit code 1 means: done, with findings that a person has to look at. The sample has some on purpose. */
function compileSample(huijuan, project, format) {
  const args = ["compile", project, "--format", format, "--volumes", "one"];
  console.log(`\n== huijuan ${args.join(" ")}`);
  const done = spawnSync(huijuan, args, { cwd: root, stdio: "inherit" });
  if (done.status !== 0 && done.status !== 1) fail(`huijuan compile --format ${format}: exit ${done.status ?? done.signal}`);
}

/** The installable package of this system; only the .deb was tried. */
function bundle() {
  const kind = { linux: "deb,rpm", win32: "nsis", darwin: "dmg" }[process.platform];
  systemPackages(packages.build);
  frontEnd();
  npm("build");
  run(join(root, "ui", "node_modules", ".bin", windows ? "tauri.cmd" : "tauri"), ["build", "--bundles", kind, "--", "--locked"], {
    cwd: join(root, "src-tauri"),
    shell: windows,
  });
}

const deny = () => join(targetDir(), "tools", "bin", windows ? "cargo-deny.exe" : "cargo-deny");
const judges = () => join(targetDir(), "tools", "openxml-audit");

/** What judges from outside is fetched first, and into the target folder, so that nothing of the machine is changed. */
function outside() {
  const says = (program, ...args) => (existsSync(program) ? (spawnSync(program, args, { encoding: "utf8" }).stdout ?? "") : "");
  // The judge of Word documents and tables, from PyPI, with everything it needs pinned.
  const pip = join(judges(), "bin", "pip");
  const version = "0.8.0";
  const pinned = [`openxml-audit==${version}`, "lxml==6.1.3", "click==8.5.1", "rich==15.0.0", "markdown-it-py==4.3.0", "mdurl==0.1.2", "pygments==2.21.0"];
  if (!says(pip, "show", "openxml-audit").includes(`Version: ${version}`)) {
    run("/usr/bin/python3", ["-m", "venv", judges()]);
    fetched(pip, ["install", "--quiet", "--disable-pip-version-check", "--no-deps", ...pinned]);
  }
  // The judge of licences and sources.
  const denies = "0.20.2";
  if (!says(deny(), "--version").includes(denies)) {
    fetched("cargo", ["install", "--locked", "--root", join(targetDir(), "tools"), "--target-dir", join(targetDir(), "tools-build"), "cargo-deny", "--version", denies]);
  }
  // Of all systems, also those that nothing was built for here: what they need is read too.
  fetched("cargo", ["fetch", "--locked"]);
}

function test() {
  for (const [component, name] of [["fmt", "rustfmt"], ["clippy", "clippy"]]) {
    if (!works("cargo", [component, "--version"])) fetched("rustup", ["component", "add", name]);
  }
  systemPackages([...packages.build, ...packages.test]);
  frontEnd();
  outside();
  for (const script of ["lint", "check", "test", "build"]) npm(script);
  run("cargo", ["fmt", "--all", "--check"]);
  run("cargo", ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]);
  run("cargo", ["test", "--workspace", "--locked", "--no-fail-fast"]);
  // Of the whole workspace, as all tests before: one package alone has other features, and most would be built again.
  run("cargo", ["test", "--workspace", "--locked", "--test", "stories", "--", "--ignored", "judged_by"]);
  run(deny(), ["--offline", "check", "licenses", "bans", "sources"]);
  console.log("\nEvery test passed.");
}

for (const tool of ["cargo", "npm"]) {
  if (!works(tool, ["--version"])) fail(`${tool} is not there: this project needs Rust (rustup) and Node 20.19, or 22.12 and newer.`);
}
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19) || major === 21 || (major === 22 && minor < 12)) {
  fail(`Node ${process.versions.node} is too old: this project needs 20.19, or 22.12 and newer.`);
}
const acts = { run: runSample, test, package: bundle };
const act = acts[process.argv[2]];
if (!act) fail("usage: node dev.mjs run | test | package", 2);
act();
