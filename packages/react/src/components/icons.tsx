import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

export const PauseIcon = (): ReactNode => (
  <Icon>
    <path d="M7 5v10M13 5v10" />
  </Icon>
);

export const ResumeIcon = (): ReactNode => (
  <Icon>
    <path d="M7 4.8v10.4L15 10z" />
  </Icon>
);

export const RetryIcon = (): ReactNode => (
  <Icon>
    <path d="M15.5 7.5A6 6 0 1 0 16 10M16 4v3.7h-3.7" />
  </Icon>
);

export const CloseIcon = (): ReactNode => (
  <Icon>
    <path d="M5.5 5.5l9 9M14.5 5.5l-9 9" />
  </Icon>
);

export const DoneIcon = (): ReactNode => (
  <Icon>
    <path d="M4.5 10.5l3.7 3.7L15.5 6.5" />
  </Icon>
);

export const WarningIcon = (): ReactNode => (
  <Icon>
    <path d="M10 4.5v7M10 15.3v.1" />
  </Icon>
);
