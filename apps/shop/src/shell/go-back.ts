import { navigate } from 'wouter/use-browser-location'

/** One page back; who came by a link, and has nothing behind, goes to the feed. */
export function goBack(): void {
  if (history.length > 1) history.back()
  else navigate('/')
}
