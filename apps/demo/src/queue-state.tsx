import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { readQueue } from './api.ts';

/** What the queue holds, and how long each step took. */
export function QueueState(): ReactNode {
  const { data, error } = useQuery({ queryKey: ['queue'], queryFn: readQueue, refetchInterval: 2000 });
  if (error) return <p className="muted">The queue does not answer: {error.message}</p>;
  if (!data) return null;
  const { jobs, metrics } = data;
  return (
    <section className="queue" aria-labelledby="queue-title">
      <h3 id="queue-title">Queue</h3>
      <p>
        {jobs.waiting} waiting, {jobs.running} running, {jobs.done} done, {jobs.failed} failed
      </p>
      {Object.keys(metrics.steps).length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col">Done</th>
              <th scope="col">Failed</th>
              <th scope="col">Seconds each</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(metrics.steps).map(([name, { done, failed, seconds }]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{done}</td>
                <td>{failed}</td>
                <td>{done > 0 ? (seconds / done).toFixed(2) : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
