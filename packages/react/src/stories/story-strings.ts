import { createContext } from 'react';
import type { Strings } from '../text/strings.ts';

/** The words of the language that Storybook's toolbar has; undefined for English. */
export const StoryStrings = createContext<Strings | undefined>(undefined);
