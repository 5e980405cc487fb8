import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** The Open Font License travels with the fonts. */
const fontLicences: Plugin = {
  name: 'font-licences',
  apply: 'build',
  generateBundle() {
    for (const font of ['inter', 'jetbrains-mono']) {
      const source = readFileSync(`node_modules/@fontsource-variable/${font}/LICENSE`, 'utf8');
      this.emitFile({ type: 'asset', fileName: `licences/${font}.txt`, source });
    }
  },
};

/** What a browser could ever load of the pages: scripts, styles and fonts, as they travel. */
const MOST_BYTES = 250_000;

const lightEnough: Plugin = {
  name: 'light-enough',
  apply: 'build',
  writeBundle(_options, bundle) {
    let bytes = 0;
    for (const [name, file] of Object.entries(bundle)) {
      if (!/\.(js|css|html|woff2|svg)$/.test(name)) continue;
      const content = file.type === 'chunk' ? file.code : file.source;
      bytes += name.endsWith('.woff2') ? content.length : gzipSync(content).length;
    }
    if (bytes > MOST_BYTES) this.error(`the pages weigh ${bytes} bytes (wanted: at most ${MOST_BYTES})`);
    this.info(`the pages weigh ${bytes} of ${MOST_BYTES} bytes`);
  },
};

export default defineConfig({
  // Short names of scopes: they are what does not compress.
  plugins: [svelte({ compilerOptions: { cssHash: ({ hash, css }) => `s${hash(css).slice(0, 5)}` } }), fontLicences, lightEnough],
  build: {
    outDir: process.env.UI_OUT ?? 'target/ui',
    emptyOutDir: true,
    target: 'es2023',
    // A font as data: URL would need a wider Content-Security-Policy than 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What everybody opens in one file, what few open in another: many small ones would compress less well.
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'chart', test: /uplot|Chart\.svelte/ },
            {
              name: 'pages',
              test: /src\/((events|script|alerts|agents|cluster|trace|statistics)\/(\w+\.svelte|feed|asked)|app\/(CallForm|CallSheet|CommandCard|Help|SearchField|SettingsSheet|Switch|help))/,
            },
            { name: 'main', test: /src\/|node_modules\/|preload-helper/ },
          ],
        },
      },
    },
    license: { fileName: 'licences/scripts.md' },
  },
  // Tests read the design's tokens; vitest empties style sheets unless told.
  test: { css: { include: [/tokens\.css/] } },
  server: {
    // `npm run dev` shows the pages over a node that runs beside it.
    proxy: Object.fromEntries(
      ['/api', '/mi', '/ready'].map((path) => [
        path,
        { target: process.env.SIPSCOPE_URL ?? 'http://127.0.0.1:8888', changeOrigin: false },
      ]),
    ),
  },
});
