import { useT } from '@kaibo/ui/i18n.ts'
import { encode } from 'uqr'
import { codePath } from './model.ts'

/** A quarter of it may be covered or scratched, on a poster as on a screen. */
const level = 'Q'
/** Readers want four modules of nothing around. */
const quietModules = 4

/** The link as a code, for somebody who stands beside this screen: dark on light in every theme. */
export function RoomCode({ url }: { url: string }) {
  const t = useT()
  const { data, size } = encode(url, { ecc: level, border: quietModules })
  return (
    <figure className="share-code">
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('share.code')}>
        <path d={codePath(data)} />
      </svg>
      <figcaption className="k-muted">{t('share.codeHint')}</figcaption>
    </figure>
  )
}
