import type { Meta, StoryObj } from '@storybook/react-vite';
import { type ReactNode, useState } from 'react';
import { Uploader } from '../components/uploader.tsx';
import { arabic } from '../locales/ar.ts';
import { german } from '../locales/de.ts';
import { spanish } from '../locales/es.ts';
import { french } from '../locales/fr.ts';
import { japanese } from '../locales/ja.ts';
import { portuguese } from '../locales/pt.ts';
import { chinese } from '../locales/zh.ts';
import type { Strings } from '../text/strings.ts';
import { EVERY_STATE } from './scenes.ts';
import { scriptedUnfinished } from './scripted-unfinished.ts';
import { createScene } from './scripted-uploads.ts';
import './themes.css';

interface Args {
  /** Class of an ancestor that sets the variables. */
  readonly theme?: string;
  readonly strings?: Strings;
}

const DAY = 86_400_000;

function Themed({ theme, strings }: Args): ReactNode {
  const [{ uppy }] = useState(() =>
    createScene(EVERY_STATE, {
      unfinished: scriptedUnfinished([{ name: 'film.mp4', size: 1_200_000_000, age: DAY, oneClick: true }]),
    }),
  );
  const isArabic = strings?.locale === 'ar';
  return (
    <div className={theme} lang={strings?.locale} dir={isArabic ? 'rtl' : undefined}>
      <Uploader uppy={uppy} strings={strings} />
    </div>
  );
}

/** Restyled by variables, and in other languages. */
const meta = { title: 'Uploader/Themes and languages', component: Themed } satisfies Meta<typeof Themed>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Tailwind: Story = { args: { theme: 'theme-tailwind' } };
export const Shadcn: Story = { args: { theme: 'theme-shadcn' } };
export const German: Story = { args: { strings: german } };
export const French: Story = { args: { strings: french } };
export const Spanish: Story = { args: { strings: spanish } };
export const Portuguese: Story = { args: { strings: portuguese } };
export const Japanese: Story = { args: { strings: japanese } };
export const Chinese: Story = { args: { strings: chinese } };
export const Arabic: Story = { args: { strings: arabic } };
