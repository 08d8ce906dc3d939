const KEY = 'theme';
const prefersDark = matchMedia('(prefers-color-scheme: dark)');

const chosen = () => {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // a browser may forbid pages to remember
  }
};

export function isDark() {
  const { theme } = document.documentElement.dataset;
  return theme ? theme === 'dark' : prefersDark.matches;
}

/** Goes back to what was chosen in this browser before; without a choice the system decides. */
export function recallTheme() {
  const theme = chosen();
  if (theme) document.documentElement.dataset.theme = theme;
}

export function switchTheme() {
  const theme = isDark() ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // it lasts as long as the page then
  }
}
