import { Files } from './files';

export default function Home() {
  return (
    <main style={{ maxWidth: '40rem', margin: '4rem auto', padding: '0 1rem', fontFamily: 'system-ui' }}>
      <h1>Uploads</h1>
      <Files />
    </main>
  );
}
