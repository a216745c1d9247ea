import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { defineConfig, type Plugin } from "vite";
import { canonicalModule } from "./virtual-face/face/canonical-mesh.ts";

const here = import.meta.dirname;
const wwwroot = join(here, "../src/Facialis.Web/wwwroot");

/** One folder with an index.ts is one custom element, and so one entry. */
function islands(): Record<string, string> {
  return Object.fromEntries(
    readdirSync(here, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(here, entry.name, "index.ts")))
      .map((entry) => [entry.name, join(here, entry.name, "index.ts")]),
  );
}

/** The face mesh package loads its model, wasm and scripts by itself, so its files must lie on our own origin as they are. */
function faceMesh(): Plugin {
  return {
    name: "face-mesh-files",
    apply: "build",
    closeBundle() {
      const from = join(here, "node_modules/@mediapipe/face_mesh");
      const to = join(wwwroot, "face-mesh");
      mkdirSync(to, { recursive: true });
      for (const file of readdirSync(from).filter((name) => /\.(js|wasm|data|binarypb)$/.test(name))) {
        cpSync(join(from, file), join(to, file));
      }
    },
  };
}

/** The canonical face as a module: read from the package when building, so that no page has to fetch the whole model for it. */
function canonicalFace(): Plugin {
  const name = "virtual:canonical-face";
  return {
    name: "canonical-face",
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      const from = join(here, "node_modules/@mediapipe/face_mesh");
      return canonicalModule(
        readFileSync(join(from, "face_mesh_solution_packed_assets_loader.js"), "utf8"),
        readFileSync(join(from, "face_mesh_solution_packed_assets.data")));
    },
  };
}

/** The server sets its PDF pages in DejaVu Sans, which it reads from here; the licence asks to lie beside. */
function documentFonts(): Plugin {
  return {
    name: "document-fonts",
    apply: "build",
    closeBundle() {
      const from = join(here, "node_modules/dejavu-fonts-ttf");
      const to = join(wwwroot, "fonts");
      mkdirSync(to, { recursive: true });
      for (const file of ["ttf/DejaVuSans.ttf", "ttf/DejaVuSans-Bold.ttf", "LICENSE"]) {
        cpSync(join(from, file), join(to, basename(file)));
      }
    },
  };
}

export default defineConfig({
  root: here,
  base: "/islands/",
  plugins: [faceMesh(), canonicalFace(), documentFonts()],
  build: {
    outDir: join(wwwroot, "islands"),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    // Nothing is put inline: the pages' content security policy allows files of our own origin only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: islands() },
  },
  test: { include: ["**/*.test.ts"], exclude: ["node_modules/**"], passWithNoTests: true },
});
