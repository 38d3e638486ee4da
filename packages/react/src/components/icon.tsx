import type { ReactNode } from 'react';

/** Line icons on a 20 px grid, in the colour of the text. The words beside them say the same. */
export function Icon({ children }: { children: ReactNode }): ReactNode {
  return (
    <svg
      className="portage-icon"
      viewBox="0 0 20 20"
      width="1.25em"
      height="1.25em"
      fill="none"
      stroke="currentColor"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

export const UploadIcon = (): ReactNode => (
  <Icon>
    <path d="M10 13V3.5M6 7l4-4 4 4M3.5 12.5v2.2c0 1 .8 1.8 1.8 1.8h9.4c1 0 1.8-.8 1.8-1.8v-2.2" />
  </Icon>
);
