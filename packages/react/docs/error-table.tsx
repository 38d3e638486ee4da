import type { ReactNode } from 'react';
import { plainEnglish } from '../src/locales/en.ts';
import { ERROR_CODES } from '../src/text/error-codes.ts';
import type { Strings } from '../src/text/strings.ts';

/** Every code, as the catalogue has it. */
export function ErrorTable({ strings = plainEnglish }: { readonly strings?: Strings }): ReactNode {
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
              <td>{message}</td>
              <td>{hint}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
