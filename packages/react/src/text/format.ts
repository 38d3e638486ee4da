/** Numbers as people read them: bytes, speed, time, percent. Units and digits come from `Intl`. */
export interface Format {
  /** `1.4 MB`. Powers of 1000, as `Intl` and the S3 console have them. */
  bytes(value: number): string;
  /** `8.2 MB/s`, from bytes per second. */
  speed(bytesPerSecond: number): string;
  /** `25 sec`, `3 min`, `1 hr 20 min`; coarse, so that it does not jump from one second to the next. */
  duration(seconds: number): string;
  /** `43%`, from 0 to 100. Rounded down: 100% is said only when it is true. */
  percent(value: number): string;
  /** `12,345`. */
  number(value: number): string;
}

const PREFIXES = ['', 'kilo', 'mega', 'giga', 'tera', 'peta'];

/** Makes the formatters of a locale. They are costly to make and cheap to use: keep them. */
export function createFormat(locale: string): Format {
  const cache = new Map<string, Intl.NumberFormat>();
  const unit = (value: number, name: string, digits = 0): string => {
    const id = name + digits;
    let formatter = cache.get(id);
    if (!formatter) {
      formatter = new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: name,
        // Short, English has "12 byte".
        unitDisplay: name === 'byte' ? 'long' : 'short',
        maximumFractionDigits: digits,
      });
      cache.set(id, formatter);
    }
    return formatter.format(value);
  };
  const bytes = (value: number, per = ''): string => {
    const { scaled, name, digits } = scaleBytes(value);
    return unit(scaled, name + per, digits);
  };

  return {
    bytes: (value) => bytes(value),
    speed: (value) => bytes(value, '-per-second'),
    duration: (seconds) =>
      splitDuration(seconds)
        .map(([value, name]) => unit(value, name))
        .join(' '),
    percent: (value) => unit(Math.floor(Math.min(100, Math.max(0, value))), 'percent'),
    number: (value) => value.toLocaleString(locale),
  };
}

/** 1,430,000 → 1.4 megabytes: the largest unit that leaves at least 1, one decimal below 10. */
function scaleBytes(value: number): { scaled: number; name: string; digits: number } {
  let scaled = Math.max(0, value);
  let index = 0;
  // 999.5 would be written as 1,000.
  while (Math.round(scaled) >= 1000 && index < PREFIXES.length - 1) {
    scaled /= 1000;
    index += 1;
  }
  return { scaled, name: `${PREFIXES[index]}byte`, digits: index > 0 && scaled < 9.95 ? 1 : 0 };
}

type TimePart = readonly [value: number, unit: 'second' | 'minute' | 'hour' | 'day'];

/** Rounded up to steps that fit the length: nobody is told a time shorter than it is. */
export function splitDuration(seconds: number): TimePart[] {
  const whole = Math.max(1, Math.ceil(seconds));
  if (whole <= 10) return [[whole, 'second']];
  if (whole <= 55) return [[Math.ceil(whole / 5) * 5, 'second']];
  const minutes = Math.ceil(whole / 60);
  if (minutes < 60) return [[minutes, 'minute']];
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return withRest([hours, 'hour'], [Math.ceil((minutes % 60) / 5) * 5, 'minute'], 60);
  const hoursUp = Math.ceil(minutes / 60);
  return withRest([Math.floor(hoursUp / 24), 'day'], [hoursUp % 24, 'hour'], 24);
}

function withRest(first: TimePart, rest: TimePart, full: number): TimePart[] {
  if (rest[0] === 0) return [first];
  if (rest[0] === full) return [[first[0] + 1, first[1]]];
  return [first, rest];
}
