// Stands for the app around the examples.
export const saved: unknown[][] = [];

export const saveDocument = async (...document: unknown[]) => saved.push(document);

export async function sessionOf(request: Request): Promise<{ userId: string; plan: 'free' | 'paid' } | null> {
  const userId = request.headers.get('authorization');
  return userId === null ? null : { userId, plan: userId === 'guest' ? 'free' : 'paid' };
}
