import { type ReactNode, useEffect, useId, useState } from 'react';
import type { Outage, OutageName } from './sample-run.ts';

const BUTTONS: readonly (readonly [OutageName, label: string, says: string])[] = [
  ['plug', 'Pull the plug', 'Cuts every connection, and lets no new one in.'],
  ['tunnel', 'Train tunnel', 'Connections break, and new ones get no answer.'],
  ['hotel-wifi', 'Hotel Wi-Fi', 'Very slow. Some connections die without a word.'],
  ['server', 'Kill the server', 'The upload server is gone, and so is the store.'],
  ['data-center', 'Kill the data center', 'The store of your file is gone. There is another one.'],
  ['reload', 'Reload', 'Loads this page again, in the middle of it.'],
];

interface OutageButtonsProps {
  readonly outages: readonly Outage[];
  /** Whether there is anything to break. */
  readonly isUnderWay: boolean;
  readonly onPress: (name: OutageName) => void;
}

/** One button for each thing that can go wrong; one that was pressed counts down until it is well again. */
export function OutageButtons({ outages, isUnderWay, onPress }: OutageButtonsProps): ReactNode {
  const now = useNow(Math.max(0, ...outages.map(({ until }) => until)));
  const left = (name: OutageName): number =>
    Math.max(
      0,
      ...outages.filter((outage) => outage.name === name).map(({ until }) => Math.ceil((until - now) / 1000)),
    );
  const isServerGone = left('server') > 0;
  return (
    <ul className="outages" aria-label="Break it">
      {BUTTONS.map(([name, label, says]) => (
        <OutageButton
          key={name}
          label={label}
          says={says}
          seconds={left(name)}
          // A server that is gone can break nothing else.
          isOff={!isUnderWay || left(name) > 0 || (isServerGone && name !== 'reload')}
          onPress={() => onPress(name)}
        />
      ))}
    </ul>
  );
}

interface OutageButtonProps {
  readonly label: string;
  readonly says: string;
  /** How long it is still broken. */
  readonly seconds: number;
  readonly isOff: boolean;
  readonly onPress: () => void;
}

function OutageButton({ label, says, seconds, isOff, onPress }: OutageButtonProps): ReactNode {
  const id = useId();
  return (
    <li>
      <button
        type="button"
        className="outage"
        aria-labelledby={`${id}label`}
        aria-describedby={`${id}says`}
        aria-disabled={isOff}
        data-broken={seconds > 0 ? '' : undefined}
        onClick={() => !isOff && onPress()}
      >
        <span id={`${id}label`} className="outage-label">
          {label}
        </span>
        <span id={`${id}says`} className="outage-says">
          {/* It keeps its place while the other is shown, so that nothing jumps. */}
          <span>{says}</span>
          {seconds > 0 && <span>Broken for {seconds} s more</span>}
        </span>
      </button>
    </li>
  );
}

/** The time, once a second until `end`. Both in milliseconds since the epoch. */
function useNow(end: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= end) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [end]);
  return now;
}
