import { Upload, UploaderItem, UploadProvider } from '@portage/react';
import { uploadKeys } from '@portage/react/query';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useSyncExternalStore } from 'react';
import { OutageButtons } from './outage-buttons.tsx';
import { PartCells } from './part-cells.tsx';
import { SampleEnd } from './sample-end.tsx';
import { breakSample, getSample, sampleMegabytes, sampleUppy, sendSample, subscribeSample } from './sample-store.ts';
import { FileDetails } from './upload-details.tsx';

/** A sample to send, and buttons that break its way. */
export function BreakIt(): ReactNode {
  const { fileId, run, stored, trouble } = useSyncExternalStore(subscribeSample, getSample);
  const queryClient = useQueryClient();
  const isUnderWay = run !== undefined && !stored;
  return (
    // Nobody presses "Reload" to be asked about it.
    <UploadProvider
      uppy={sampleUppy}
      askBeforeLeaving={false}
      onUploaded={() => void queryClient.invalidateQueries({ queryKey: uploadKeys.storedFiles })}
    >
      <section className="break" aria-labelledby="break-title">
        <h2 id="break-title">Break an upload</h2>
        <p className="break-lead">
          Send a file that this page makes up, and break its way as often as you like. It arrives whole, or you are told
          what to do.
        </p>
        <div className="break-buttons">
          <button
            type="button"
            className="button button-main"
            aria-disabled={isUnderWay}
            onClick={() => !isUnderWay && sendSample()}
          >
            Send a {sampleMegabytes} MB sample
          </button>
          <OutageButtons
            outages={run?.outages ?? []}
            isUnderWay={isUnderWay}
            onPress={(name) => void breakSample(name)}
          />
        </div>
        <p role="status" className="trouble">
          {trouble}
        </p>
        <Upload.Refusals />
        <Upload.List aria-label="The sample">{(id) => <UploaderItem id={id} />}</Upload.List>
        {run && run.cells.length > 0 && <PartCells cells={run.cells} />}
        {run && stored && (
          <SampleEnd key={stored.key} run={run} storedKey={stored.key} data={stored.data} seconds={stored.seconds} />
        )}
        {fileId && <FileDetails key={fileId} id={fileId} />}
      </section>
    </UploadProvider>
  );
}
