/** A form of the guide, as it is printed, with what it saves below. Named in the address: `#printed/HookForm`. */
import { type ComponentType, lazy, Suspense, useState } from 'react';

interface FormProps {
  save(values: { title: string; files: readonly string[] }): void;
  action(data: FormData): Promise<void>;
}

// Written by `support/build-pages.ts`.
const FORMS = import.meta.glob<Record<string, ComponentType<FormProps>>>('./printed/*.tsx');

const name = location.hash.split('/')[1] ?? '';
const Form = lazy(async () => {
  const loaded = await FORMS[`./printed/${name}.tsx`]?.();
  const component = loaded?.[name];
  if (!component) throw new Error(`The guide prints no ${name}.`);
  return { default: component };
});

export function Printed() {
  const [saved, setSaved] = useState<readonly string[]>([]);
  const save: FormProps['save'] = ({ title, files }) =>
    setSaved((before) => [...before, `${title}: ${files.join(', ')}`]);
  const action: FormProps['action'] = async (data) =>
    save({ title: String(data.get('title')), files: data.getAll('files').map(String) });
  return (
    <Suspense>
      <Form save={save} action={action} />
      <ol aria-label="Saved">
        {saved.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ol>
    </Suspense>
  );
}
