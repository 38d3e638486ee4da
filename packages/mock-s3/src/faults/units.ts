import * as v from 'valibot';

// Shapes that many faults share, for what comes in over HTTP or from a file.

export const milliseconds = v.pipe(v.number(), v.minValue(0), v.maxValue(2 ** 31 - 1));

export const bytes = v.pipe(v.number(), v.integer(), v.minValue(0));

export const directions = v.picklist(['upstream', 'downstream', 'both']);
