/** A form in steps, whose last one alone has the field. */
import { Upload, UploaderPanel } from '@portage/react';
import { useState } from 'react';

export function Wizard() {
  const [step, setStep] = useState(1);
  const [sent, setSent] = useState<readonly string[]>();
  return (
    <main>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setSent(new FormData(event.currentTarget).getAll('files').map(String));
        }}
      >
        <Upload.Root endpoint="/api/uploads">
          {step < 3 ? <UploaderPanel /> : <Upload.FormField name="files" required />}
        </Upload.Root>
        <button type="button" onClick={() => setStep(step + 1)}>
          Next
        </button>
        <button type="submit">Send</button>
      </form>
      <output aria-label="Sent">{sent?.join(', ')}</output>
    </main>
  );
}
