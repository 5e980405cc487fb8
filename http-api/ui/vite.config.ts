import { readFileSync } from 'node:fs';
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

export default defineConfig({
  plugins: [svelte(), fontLicences],
  build: {
    outDir: process.env.UI_OUT ?? 'target/ui',
    emptyOutDir: true,
    target: 'es2023',
    // A font as data: URL would need a wider Content-Security-Policy than 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: 'licences/scripts.md' },
  },
  // Tests read the design's tokens; vitest empties style sheets unless told.
  test: { css: { include: [/tokens\.css/] } },
  server: {
    // `npm run dev` shows the pages over a node that runs beside it.
    proxy: { '/api': process.env.SIPSCOPE_URL ?? 'http://127.0.0.1:8888' },
  },
});
