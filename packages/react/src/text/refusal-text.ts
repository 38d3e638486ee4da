import { typeNames } from '@portage/uppy';
import type { Refusal } from '../state/refusal.ts';
import type { Format } from './format.ts';
import type { Words } from './strings.ts';

/** The refusal as a sentence. */
export function refusalText(refusal: Refusal, strings: Words, format: Format): string {
  switch (refusal.reason) {
    case 'too-large':
      return strings.refusedSize(refusal.name, format.bytes(refusal.size), format.bytes(refusal.limit));
    case 'too-small':
      return strings.refusedTooSmall(refusal.name, format.bytes(refusal.size), format.bytes(refusal.limit));
    case 'type':
      return strings.refusedType(refusal.name, typeNames(refusal.types, strings.types));
    case 'duplicate':
      return strings.refusedDuplicate(refusal.name);
    case 'too-many':
      return strings.refusedCount(refusal.limit);
    case 'second':
      return strings.refusedSecond(refusal.name);
    case 'total-size':
      return strings.refusedTotalSize(format.bytes(refusal.limit));
    case 'unreadable':
      return strings.refusedUnreadable(refusal.name);
    case 'nothing':
      return strings.refusedNothing;
    case 'other':
      return strings.refusedOther(refusal.name, refusal.message);
  }
}
