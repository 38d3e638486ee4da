export default function Page() {
  return <p>Uploads go to /api/uploads/files.</p>;
}
