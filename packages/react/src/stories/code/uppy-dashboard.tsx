import { Upload, UploadProvider } from '@portage/react';
import { PortageS3 } from '@portage/uppy';
import { Uppy } from '@uppy/core';
import Dashboard from '@uppy/dashboard';
import { useEffect, useRef } from 'react';
import '@uppy/core/css/style.min.css';
import '@uppy/dashboard/css/style.min.css';

const uppy = new Uppy().use(PortageS3, { endpoint: '/api/uploads' });

export default function App() {
  const target = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!target.current) return;
    uppy.use(Dashboard, { inline: true, target: target.current });
    return () => {
      const dashboard = uppy.getPlugin('Dashboard');
      if (dashboard) uppy.removePlugin(dashboard);
    };
  }, []);
  return (
    <UploadProvider uppy={uppy}>
      <div ref={target} />
      <Upload.TotalProgress />
    </UploadProvider>
  );
}
