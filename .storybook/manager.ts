import { addons } from 'storybook/manager-api';
import { brand } from './theme.ts';

addons.setConfig({
  theme: brand(matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'),
  // With them, pages without stories of their own would stand before the groups.
  sidebar: { showRoots: false },
});

// There is no option for the window's title.
const title = document.querySelector('title');
if (title) {
  new MutationObserver(() => {
    const own = document.title.replace('Storybook', 'Portage');
    if (own !== document.title) document.title = own;
  }).observe(title, { childList: true });
}
