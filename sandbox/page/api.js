async function ask(path, options) {
  const response = await fetch(path, options);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `HTTP ${response.status}`);
  return answer;
}

export const readWorld = () => ask('/api/world');

export const readChat = (chat, person) => ask(`/api/chat?${new URLSearchParams({ chat, person })}`);

export function act(deed) {
  return ask('/api/act', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(deed),
  });
}
