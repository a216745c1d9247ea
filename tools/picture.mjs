// Starts Facialis on an empty data folder, signs in by its one-time link and photographs the pages. Called by tools/picture.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const { chromium } = createRequire(join(root, "web/package.json"))("playwright-core");
const target = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), "facialis-picture-"));
const program = spawn("dotnet", [
  join(root, "artifacts/bin/Facialis.Web/debug/Facialis.Web.dll"), "--urls=http://127.0.0.1:0",
  `--Facialis:DataFolder=${join(folder, "data")}`, "--Facialis:TimeZone=UTC",
], { stdio: ["ignore", "pipe", "inherit"] });

try {
  const { address, link } = await ready(program);
  const browser = await chromium.launch({
    executablePath: process.env.FACIALIS_TEST_CHROMIUM ?? "/usr/bin/chromium-headless-shell",
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [], // Chromium's own sandbox refuses to run as root
  });
  const context = await browser.newContext({ baseURL: address, deviceScaleFactor: 1.5, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
  const recordings = await measured(page);
  const before = recordings.find((recording) => recording.notes === "Before treatment");
  const after = recordings.find((recording) => recording.notes === "Three weeks after treatment");

  await picture(page, `/clinic/recordings/${before.id}`, "report", { width: 1280, height: 1730 });
  await picture(page, `/clinic/recordings/compare?before=${before.id}&after=${after.id}`, "compare", { width: 1280, height: 1240 });
  await picture(page, `/clinic/recordings/${before.id}`, "report-dark-phone", { width: 390, height: 1500 }, "dark");
  await browser.close();
} finally {
  program.kill("SIGTERM");
  await new Promise((ended) => (program.exitCode !== null ? ended() : program.once("exit", ended)));
  rmSync(folder, { recursive: true });
}

/** Resolves with address and one-time link once the program says that it is ready. */
function ready(started) {
  return new Promise((resolve, reject) => {
    let output = "";
    started.once("exit", (code) => reject(new Error(`Facialis ended with ${code}:\n${output}`)));
    started.stdout.on("data", (text) => {
      output += text;
      const address = /Facialis is ready at (\S+)/.exec(output)?.[1];
      const link = /^Open (\S+)/m.exec(output)?.[1];
      if (address !== undefined && link !== undefined) resolve({ address, link });
    });
  });
}

/** Waits until every recording of the demonstration has its report. */
async function measured(page) {
  return page.evaluate(async () => {
    const token = document.querySelector('meta[name="antiforgery"]').content;
    const { items } = await (await fetch("/api/recordings")).json();
    for (const { id } of items) {
      await fetch(`/api/recordings/${id}/complete`, { method: "POST", headers: { RequestVerificationToken: token } });
    }
    return items;
  });
}

async function picture(page, address, name, size, colorScheme = "light") {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme });
  await page.goto(address, { waitUntil: "networkidle" });
  await page.locator(".timeline-stage .timeline-lid").first().waitFor();
  const file = join(target, `${name}.png`);
  await page.screenshot({ path: file });
  console.log(file);
}
