import {
  Controls,
  Description,
  DocsContainer,
  type DocsContainerProps,
  Primary,
  Stories,
  Title,
  useOf,
} from '@storybook/addon-docs/blocks';
import { type PropsWithChildren, type ReactNode, useSyncExternalStore } from 'react';
import { addons } from 'storybook/preview-api';
import { PropsTable } from './props-table.tsx';
import { brand } from './theme.ts';

/** What a page has tables of, in its parameters: each by its name, of so many interfaces of the sources. */
export interface Tables {
  readonly props?: Readonly<Record<string, readonly string[]>>;
  /** Of hooks. */
  readonly returns?: Readonly<Record<string, readonly string[]>>;
}

/** A page of stories: the first to play with, what its component takes, and the others. */
export function DocsPage(): ReactNode {
  const {
    props = {},
    returns = {},
    controls,
  } = useOf('meta', ['meta']).preparedMeta.parameters as Tables & {
    readonly controls?: { readonly disable?: boolean };
  };
  return (
    <>
      <Title />
      <Description />
      <Primary />
      {!controls?.disable && <Controls />}
      {Object.entries(props).map(([name, of]) => (
        <section key={name}>
          <h2 id={name}>
            {name.startsWith('use') ? 'Options' : 'Props'} of {name}
          </h2>
          <PropsTable of={of} />
        </section>
      ))}
      {Object.entries(returns).map(([name, of]) => (
        <section key={name}>
          <h2 id={name}>What {name} returns</h2>
          <PropsTable of={of} isReturned />
        </section>
      ))}
      <Stories includePrimary={false} title="More" />
    </>
  );
}

type Theme = 'light' | 'dark';
type Globals = { readonly globals: Readonly<Record<string, unknown>> };

const prefersDark = matchMedia('(prefers-color-scheme: dark)');
let chosen = /theme:(\w+)/.exec(new URLSearchParams(location.search).get('globals') ?? '')?.[1] ?? 'system';

/** What the toolbar, or else the system, wants. */
const getTheme = (): Theme =>
  chosen === 'light' || chosen === 'dark' ? chosen : prefersDark.matches ? 'dark' : 'light';

function subscribeTheme(listener: () => void): () => void {
  const channel = addons.getChannel();
  const hear = ({ globals }: Globals): void => {
    chosen = String(globals['theme'] ?? chosen);
    listener();
  };
  const events = ['globalsUpdated', 'setGlobals'];
  for (const event of events) channel.on(event, hear);
  prefersDark.addEventListener('change', listener);
  return () => {
    for (const event of events) channel.off(event, hear);
    prefersDark.removeEventListener('change', listener);
  };
}

/** Guides and pages of stories, in the theme of the toolbar. */
export function ThemedDocs(props: PropsWithChildren<DocsContainerProps>): ReactNode {
  const theme = useSyncExternalStore(subscribeTheme, getTheme);
  document.documentElement.dataset['theme'] = theme;
  return <DocsContainer {...props} theme={brand(theme)} />;
}
