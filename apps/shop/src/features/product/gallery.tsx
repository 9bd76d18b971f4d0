import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useRef, useState } from 'react'
import './gallery.css'

type GalleryProps = { title: string; pictureUrls: readonly string[]; videoUrl: string | null }

/** The film first, then the pictures: swiped, or chosen by the small ones below. */
export function Gallery({ title, pictureUrls, videoUrl }: GalleryProps) {
  const t = useT()
  const [at, setAt] = useState(0)
  const rail = useRef<HTMLDivElement>(null)
  const count = pictureUrls.length + (videoUrl ? 1 : 0)
  const show = (place: number) => {
    const element = rail.current
    element?.scrollTo({ left: element.clientWidth * place, behavior: 'smooth' })
  }
  const follow = () => {
    const element = rail.current
    if (element) setAt(Math.round(element.scrollLeft / Math.max(1, element.clientWidth)))
  }
  if (count === 0) {
    return (
      <div className="gallery">
        <div className="gallery-blank">
          <Icon name="image" />
        </div>
      </div>
    )
  }
  return (
    <div className="gallery">
      <div className="gallery-frame">
        <div ref={rail} className="gallery-rail" onScroll={follow}>
          {videoUrl && (
            <video
              src={videoUrl}
              poster={pictureUrls[0]}
              controls
              muted
              playsInline
              preload="none"
              aria-label={t('product.video', { title })}
            />
          )}
          {pictureUrls.map((url, place) => (
            <img
              key={url}
              src={url}
              alt={t('product.picture', { title, place: place + 1 })}
              loading={place === 0 ? 'eager' : 'lazy'}
            />
          ))}
        </div>
        {count > 1 && (
          <span className="gallery-count k-num" aria-hidden="true">
            {at + 1}/{count}
          </span>
        )}
      </div>
      {count > 1 && (
        <ul className="gallery-thumbs" aria-label={t('product.pictures')}>
          {videoUrl && (
            <li>
              <button type="button" aria-current={at === 0} onClick={() => show(0)}>
                <Icon name="play" />
                <span className="k-sr">{t('product.video', { title })}</span>
              </button>
            </li>
          )}
          {pictureUrls.map((url, index) => {
            const place = index + (videoUrl ? 1 : 0)
            return (
              <li key={url}>
                <button type="button" aria-current={at === place} onClick={() => show(place)}>
                  <img src={url} alt={t('product.picture', { title, place: index + 1 })} />
                </button>
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}
