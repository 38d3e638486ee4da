import all from 'virtual:portage-props';
import type { ReactNode } from 'react';
import type { Prop } from './props.ts';

export interface PropsTableProps {
  /** Interfaces of the sources, which are one table. */
  readonly of: readonly string[];
  /** Whether a hook gives them: nobody has to. @default false */
  readonly isReturned?: boolean;
}

/** What a component takes, or a hook returns, from its source. */
export function PropsTable({ of, isReturned = false }: PropsTableProps): ReactNode {
  // One that must not be given is for the type checker. Of two the last one says what it does.
  const given = of.flatMap(propsOf).filter(({ type }) => type !== 'never');
  const props = [...new Map(given.map((prop) => [prop.name, prop])).values()];
  return (
    <table className="props">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Type</th>
          <th scope="col">What it does</th>
        </tr>
      </thead>
      <tbody>
        {props.map((prop) => (
          <tr key={prop.name}>
            <td>
              <code>{prop.name}</code>
              {prop.required && !isReturned && <em> required</em>}
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

/** The props of an interface of the sources. */
export function propsOf(name: string): readonly Prop[] {
  const props = all[name];
  if (!props) throw new Error(`No interface of packages/react/src is called ${name}.`);
  return props;
}

/** Text whose `code` is set as such. */
function Words({ children }: { readonly children: string }): ReactNode {
  return children.split(/`([^`]*)`/).map((piece, at) => (at % 2 === 1 ? <code key={at}>{piece}</code> : piece));
}
