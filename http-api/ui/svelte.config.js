/** Components are plain TypeScript and CSS: nothing to preprocess but what the plugin does by itself. */
export default { compilerOptions: { runes: true } };
