import { useEffect, useState } from 'react'
import { qualitiesOf } from './quality.ts'
import { detectSupport, type PlayerSources, type Quality } from './sources.ts'

/** What a viewer may choose from, asked of the stream whenever it is enabled; empty without a choice. */
export function useQualities(
  sources: PlayerSources,
  { enabled }: { enabled: boolean },
): readonly Quality[] {
  const [qualities, setQualities] = useState<readonly Quality[]>([])
  const url = sources.find(({ protocol }) => protocol === 'llhls' || protocol === 'hls')?.url
  useEffect(() => {
    // A browser that plays HLS by itself chooses by itself.
    if (!enabled || !url || !detectSupport().mse) return
    const asking = new AbortController()
    fetch(url, { signal: asking.signal })
      .then(async reply => reply.ok && setQualities(qualitiesOf(await reply.text())))
      .catch(() => undefined)
    return () => asking.abort()
  }, [enabled, url])
  return qualities
}
