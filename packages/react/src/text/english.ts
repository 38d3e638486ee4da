import { englishTypes } from '@portage/uppy';
import { englishErrors } from './english-errors.ts';
import { englishWords } from './english-words.ts';
import type { Strings } from './strings.ts';

/** The catalogue that is built in. */
export const english: Strings = { ...englishWords, types: englishTypes, errors: englishErrors };
