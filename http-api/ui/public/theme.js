// Runs before the first paint: ?theme= wins, then the last choice made with the t key, then the system.
(() => {
  const known = (theme) => theme === 'light' || theme === 'dark';
  const asked = new URLSearchParams(location.search).get('theme');
  let kept = null;
  try {
    kept = localStorage.getItem('theme');
  } catch {
    kept = null; // storage is switched off: the system decides
  }
  const system = matchMedia('(prefers-color-scheme: dark)');
  const paint = () => {
    const choice = [asked, kept].find(known);
    document.documentElement.dataset.theme = choice ?? (system.matches ? 'dark' : 'light');
  };
  paint();
  if (!known(asked) && !known(kept)) system.addEventListener('change', paint);
})();
