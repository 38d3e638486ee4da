import { type ReactNode, useSyncExternalStore } from 'react';
import { Footer, Header } from './chrome.tsx';
import { Files } from './files.tsx';
import { Photos } from './photos.tsx';

export function App(): ReactNode {
  const tab = useSyncExternalStore(onHash, () => location.hash);
  const isPhotos = tab === '#photos';
  return (
    <div className="page">
      <Header />
      <nav className="tabs" aria-label="What to try">
        <a href="#files" aria-current={isPhotos ? undefined : 'page'}>
          Files
        </a>
        <a href="#photos" aria-current={isPhotos ? 'page' : undefined}>
          Photos and films
        </a>
      </nav>
      {isPhotos ? <Photos /> : <Files />}
      <Footer />
    </div>
  );
}

function onHash(onChange: () => void): () => void {
  addEventListener('hashchange', onChange);
  return () => removeEventListener('hashchange', onChange);
}
