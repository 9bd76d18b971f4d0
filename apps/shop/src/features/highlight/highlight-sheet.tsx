import type { ClipCard } from '@kaibo/contract/media/clip'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { Link } from 'wouter'
import { useLast } from '../../shell/use-last.ts'
import { replayPath } from '../replay/model.ts'
import { useWords } from '../replay/words/use-words.ts'
import { useDownload } from './use-download.ts'

type HighlightSheetProps = { clip: ClipCard | null; onClose: () => void }

/** A clip with what it sells, the way into its replay, and a copy where the shop gives one. */
export function HighlightSheet({ clip, onClose }: HighlightSheetProps) {
  const last = useLast(clip)
  return (
    <Sheet
      open={clip !== null}
      onClose={onClose}
      title={last?.title ?? ''}
      theme="paper"
      side="end"
      tall
    >
      {last && <Highlight key={last.id} clip={last} isOpen={clip !== null} onClose={onClose} />}
    </Sheet>
  )
}

type HighlightProps = { clip: ClipCard; isOpen: boolean; onClose: () => void }

function Highlight({ clip, isOpen, onClose }: HighlightProps) {
  const words = useWords()
  const download = useDownload(clip.id)
  const { product } = clip
  return (
    <div className="k-stack">
      {isOpen && (
        <video
          className="highlight-video"
          src={clip.videoUrl}
          poster={clip.posterUrl ?? undefined}
          controls
          muted={false}
          autoPlay
          playsInline
          aria-label={clip.title}
        />
      )}
      {product && (
        <Link href={`/product/${product.id}`} className="highlight-product" onClick={onClose}>
          {product.pictureUrl && <img src={product.pictureUrl} alt="" />}
          <span className="k-clamp">{product.title}</span>
          <Price fen={product.priceFromFen} />
        </Link>
      )}
      <div className="highlight-ways">
        <Link
          href={replayPath(clip.liveId, clip.fromMs)}
          className="k-button"
          data-tone="quiet"
          onClick={onClose}
        >
          {words('fullReplay')}
        </Link>
        {clip.mayDownload && (
          <Button icon="download" busy={download.isMaking} onClick={download.start}>
            {words('download')}
          </Button>
        )}
      </div>
      <p className="k-muted" role="status">
        {download.isMaking && words('downloadMaking')}
        {download.hasFailed && words('downloadFailed')}
      </p>
    </div>
  )
}
