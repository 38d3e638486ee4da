import { Uploader } from '@portage/react';
import '@portage/react/style.css';

export default function App() {
  return <Uploader endpoint="/api/uploads" />;
}
