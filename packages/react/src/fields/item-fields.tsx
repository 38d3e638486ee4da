'use client';
import { type KeyboardEvent, type ReactNode, useId, useMemo, useState } from 'react';
import { useStore } from '../hooks/use-store.ts';
import { useFileInfo, useUploadSnapshot } from '../hooks/use-upload-file.ts';
import { useItemId, useUploadContext } from '../state/context.ts';
import { askedFields, type FileField } from '../state/file-fields.ts';
import { neededWords } from './needed-words.ts';

/** The fields of the file in whose row it is, as `Fields` asks for them. */
export function ItemFields(): ReactNode {
  const { uppy } = useUploadContext();
  const { fields } = useStore(askedFields(uppy));
  if (fields.length === 0) return null;
  return (
    <div className="portage-fields">
      {fields.map((field) => (
        <Field key={field.name} field={field} />
      ))}
    </div>
  );
}

function Field({ field: { name, label, required = false, maxLength } }: { readonly field: FileField }): ReactNode {
  const id = useItemId();
  const { uppy, strings } = useUploadContext();
  const { waiting } = useStore(askedFields(uppy));
  const file = useFileInfo(id);
  const isBegun = useUploadSnapshot(id, ({ status }) => status !== 'queued');
  const needed = useMemo(() => neededWords(strings.locale), [strings]);
  const hint = useId();
  // A file of a long list is not in Uppy before its turn.
  const isThere = id in uppy.getState().files;
  const kept = isThere ? String(uppy.getFile(id).meta[name] ?? '') : '';
  const [value, setValue] = useState(kept);
  const isNeeded = required && kept.trim() === '' && waiting.has(id);
  const keep = (): void => {
    if (id in uppy.getState().files && value !== kept) uppy.setFileMeta(id, { [name]: value });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    // It is not the form around it that is meant.
    event.preventDefault();
    keep();
  };
  return (
    <label>
      <span>{label}</span>
      <input
        aria-label={`${label}: ${file.name}`}
        aria-required={required || undefined}
        aria-invalid={isNeeded || undefined}
        aria-describedby={isNeeded ? hint : undefined}
        maxLength={maxLength}
        readOnly={isBegun}
        disabled={!isThere}
        value={value}
        onChange={({ currentTarget }) => setValue(currentTarget.value)}
        onBlur={keep}
        onKeyDown={onKeyDown}
      />
      {isNeeded && <span id={hint}>{needed}</span>}
    </label>
  );
}
