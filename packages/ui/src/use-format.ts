import { useMemo } from 'react'
import * as format from './format.ts'
import { dateTagOf, useLanguage } from './i18n.ts'

/** The formatters bound to the current language. */
export function useFormat() {
  const [language] = useLanguage()
  return useMemo(() => {
    const tag = dateTagOf(language, navigator.languages)
    return {
      fen: (fen: number) => format.formatFen(fen, language),
      count: (count: number) => format.formatCount(count, language),
      ago: (at: format.Instant, now?: format.Instant) => format.formatAgo(at, tag, now),
      date: (at: format.Instant) => format.formatDate(at, tag),
      dateTime: (at: format.Instant) => format.formatDateTime(at, tag),
      time: (at: format.Instant) => format.formatTime(at, tag),
      duration: format.formatDuration,
      number: (value: number) => format.formatNumber(value, language),
      list: (names: Iterable<string>) => format.formatList(names, language),
      basisPoints: (rate: number) => format.formatBasisPoints(rate, language),
    }
  }, [language])
}
