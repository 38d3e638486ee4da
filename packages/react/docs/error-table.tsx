import type { ReactNode } from 'react';
import { english } from '../src/text/english.ts';
import { ERROR_CODES } from '../src/text/error-codes.ts';
import type { Strings } from '../src/text/strings.ts';

/** The catalogue has no sentence: the error's own is shown. */
const OWN = 'as the error says';

/** Every code, as the catalogue has it. */
export function ErrorTable({ strings = english }: { readonly strings?: Strings }): ReactNode {
  return (
    <table lang={strings.locale}>
      <thead>
        <tr>
          <th scope="col">Code</th>
          <th scope="col">Title</th>
          <th scope="col">Sentence</th>
          <th scope="col">Next step</th>
        </tr>
      </thead>
      <tbody>
        {ERROR_CODES.map((code) => {
          const { title, message, hint } = strings.errors[code];
          return (
            <tr key={code} data-code={code}>
              <td>
                <code>{code}</code>
              </td>
              <td>{title}</td>
              <td>{message ?? OWN}</td>
              <td>{hint ?? OWN}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
