import { Button } from '@kaibo/ui/control/button.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Spinner } from '@kaibo/ui/feedback/spinner.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Labelled } from '../../goods/labelled.tsx'
import type { VideoUpload } from './use-video.ts'

/** One video of the product; it goes up as soon as it is chosen. */
export function VideoField({ video }: { video: VideoUpload }) {
  const t = useT()
  return (
    <Labelled label={t('product.video')} hint={t('product.videoHint')} optional>
      {own => (
        <div className="video-field">
          {video.url && (
            <video
              src={video.url}
              controls
              preload="metadata"
              aria-label={t('product.video')}
              muted
            />
          )}
          <label className="k-button" data-size="s">
            {video.isBusy ? <Spinner /> : <Icon name="video" />}
            {t(video.url ? 'product.videoReplace' : 'product.videoAdd')}
            <input
              {...own}
              type="file"
              className="k-sr"
              accept="video/mp4,video/webm"
              disabled={video.isBusy}
              onChange={event => {
                const [file] = event.target.files ?? []
                if (file) video.choose(file)
                event.target.value = ''
              }}
            />
          </label>
          {video.url && (
            <Button size="s" onClick={video.remove}>
              {t('product.videoRemove')}
            </Button>
          )}
        </div>
      )}
    </Labelled>
  )
}
