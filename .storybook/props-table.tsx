import all from 'virtual:portage-props';
import type { ReactNode } from 'react';

/** The props of a component, from its source. */
export function PropsTable({ of: name }: { readonly of: string }): ReactNode {
  // One that must not be given is for the type checker.
  const props = all[name]?.filter(({ type }) => type !== 'never');
  if (!props) throw new Error(`No interface of packages/react/src is called ${name}.`);
  return (
    <table className="props">
      <thead>
        <tr>
          <th scope="col">Prop</th>
          <th scope="col">Type</th>
          <th scope="col">What it does</th>
        </tr>
      </thead>
      <tbody>
        {props.map((prop) => (
          <tr key={prop.name}>
            <td>
              <code>{prop.name}</code>
              {prop.required && <em> required</em>}
            </td>
            <td>
              <code>{prop.type}</code>
            </td>
            <td>
              <Words>{prop.says}</Words>
              {prop.default && (
                <>
                  {' '}
                  Default: <Words>{prop.default}</Words>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Text whose `code` is set as such. */
function Words({ children }: { readonly children: string }): ReactNode {
  return children.split(/`([^`]*)`/).map((piece, at) => (at % 2 === 1 ? <code key={at}>{piece}</code> : piece));
}
