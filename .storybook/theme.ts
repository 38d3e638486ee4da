/** Portage's own colours for Storybook's manager and docs. */
import { create, type ThemeVars } from 'storybook/theming';

const LOGO = (text: string, tile: string, arrow: string): string =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 132 32" width="132" height="32"><rect width="32" height="32" rx="9" fill="${tile}"/><path d="M16 22V9m-6 6 6-6 6 6M9 25h14" fill="none" stroke="${arrow}" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/><text x="43" y="22" font-family="system-ui, sans-serif" font-size="19" font-weight="680" fill="${text}">Portage</text></svg>`,
  )}`;

const FONTS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

const COLOURS = {
  light: {
    ...{ app: '#f6f7f9', surface: '#ffffff', text: '#14171f', muted: '#5a6172', border: '#e4e7ee' },
    ...{ accent: '#1f5eff', onAccent: '#ffffff' },
  },
  dark: {
    ...{ app: '#0f1217', surface: '#15181f', text: '#eef0f5', muted: '#a3abbd', border: '#2c313d' },
    ...{ accent: '#7ea6ff', onAccent: '#0b1730' },
  },
} as const;

export function brand(base: 'light' | 'dark'): ThemeVars {
  const { app, surface, text, muted, border, accent, onAccent } = COLOURS[base];
  return create({
    base,
    brandTitle: 'Portage',
    brandImage: LOGO(text, accent, onAccent),
    fontBase: FONTS,
    colorPrimary: accent,
    colorSecondary: accent,
    appBg: app,
    appContentBg: surface,
    appPreviewBg: surface,
    appBorderColor: border,
    appBorderRadius: 10,
    textColor: text,
    textMutedColor: muted,
    barBg: surface,
    barTextColor: muted,
    barSelectedColor: accent,
    barHoverColor: accent,
    inputBg: surface,
    inputBorder: border,
    inputTextColor: text,
    inputBorderRadius: 8,
  });
}
