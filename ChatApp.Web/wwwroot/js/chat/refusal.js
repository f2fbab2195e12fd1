// Why something was not done, as the person is told.

/**
 * @typedef {{status: number, sentence: string, retryAfter: number, blocked?: {category?: string, itemId?: string}}} Refusal status is 0 when no
 * answer came; retryAfter is in seconds; blocked is there when the words themselves were refused.
 */

const unreachable = 'The chat service does not answer just now. Check your connection and try again.';

/** @returns {Refusal} */
export const noAnswer = () => ({ status: 0, sentence: unreachable, retryAfter: 0 });

/** @returns {Promise<Refusal>} */
export async function refusalOf(response) {
  const problem = await response.json().catch(() => ({}));
  return {
    status: response.status,
    sentence: problem.detail ?? Object.values(problem.errors ?? {})[0]?.[0] ?? problem.title ?? unreachable,
    retryAfter: secondsOf(response),
    blocked: problem.code === 'blocked' ? { category: problem.category, itemId: problem.itemId } : undefined,
  };
}

/** The seconds that a Retry-After asks for; 0 without one. */
export const secondsOf = response => Math.min(Math.max(Number(response.headers.get('Retry-After')) || 0, 0), 600);

/** Asks who one is, and comes back here. What was typed is kept. */
export function signInAgain() {
  location.assign(`/sign-in?returnUrl=${encodeURIComponent(location.pathname)}`);
}

/** One request without a turn: its answer's JSON (null where it has none), or why not. */
export async function ask(method, url, body) {
  try {
    const response = await fetch(url, {
      method, cache: 'no-store', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), signal: AbortSignal.timeout(20_000),
    });
    if (response.ok) {
      return { answer: response.status === 204 ? null : await response.json() };
    }
    if (response.status === 401) {
      signInAgain();
    }
    return { refusal: await refusalOf(response) };
  } catch {
    return { refusal: noAnswer() };
  }
}
