import type { ReactNode } from 'react';
import { ASPECTS, DIFFERENCES, type Difference } from './uppy-differences.ts';

/** Every difference from Uppy's own uploader, as the test has it. */
export function DifferenceTable(): ReactNode {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">What is done</th>
          <th scope="col">@uppy/aws-s3</th>
          <th scope="col">PortageS3</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {DIFFERENCES.map(({ scenarios, uppy, portage, reason }) => (
          <tr key={scenarios.join()}>
            <td>{scenarios.join('; ')}</td>
            <Seen of={uppy} />
            <Seen of={portage} />
            <td>{reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Seen({ of }: { readonly of: Difference['uppy'] }): ReactNode {
  return (
    <td>
      {ASPECTS.filter((aspect) => of[aspect] !== undefined).map((aspect) => (
        <div key={aspect}>
          {aspect}: <code>{of[aspect]}</code>
        </div>
      ))}
    </td>
  );
}
