// What axe finds in a page, in Chromium, light and dark, wide and narrow, closed and with everything opened:
// node axe.mjs CHROMIUM PAGE prints JSON, one entry for each way to look at it. Needs axe-core and puppeteer-core.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.env.PROBITY_AXE}/`);
const puppeteer = require("puppeteer-core");
const axe = require.resolve("axe-core/axe.min.js");
const [chromium, file] = process.argv.slice(2);

const browser = await puppeteer.launch({
  executablePath: chromium,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run"],
  protocolTimeout: 900_000,
});
const seen = [];
for (const scheme of ["light", "dark"]) {
  for (const width of [1280, 400]) {
    const page = await browser.newPage();
    await page.setBypassCSP(true);
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(pathToFileURL(file).href);
    await page.addScriptTag({ path: axe });
    for (const open of [false, true]) {
      if (open) {
        await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
        await page.waitForNetworkIdle({ idleTime: 200 });
        await new Promise((done) => setTimeout(done, 500));
      }
      const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      const violations = found.violations.map((one) => ({
        id: one.id,
        impact: one.impact,
        help: one.help,
        nodes: one.nodes.length,
        first: one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)),
      }));
      const rules = found.passes ? found.passes.length : 0;
      seen.push({ scheme, width, open, rules, overflow, violations });
    }
    await page.close();
  }
}
await browser.close();
console.log(JSON.stringify(seen));
