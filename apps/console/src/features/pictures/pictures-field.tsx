import { IconButton } from '@kaibo/ui/control/button.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Spinner } from '@kaibo/ui/feedback/spinner.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { type DragEvent, useId, useState } from 'react'
import type { Picture } from './model.ts'
import type { Pictures } from './use-pictures.ts'
import './pictures.css'

const accepted = 'image/jpeg,image/png,image/webp'

type PicturesFieldProps = {
  label: string
  hint: string
  pictures: Pictures
  error?: string | undefined
}

/** Pictures that are dropped in or chosen, and sorted by dragging or with the arrow buttons. */
export function PicturesField({ label, hint, pictures, error }: PicturesFieldProps) {
  const t = useT()
  const noteId = useId()
  const [isOver, setOver] = useState(false)
  const [dragged, setDragged] = useState<string>()
  const { list, countMax } = pictures
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const files = [...event.dataTransfer.files].filter(file => file.type.startsWith('image/'))
    if (files.length > 0) pictures.add(files)
  }
  return (
    <fieldset
      className="pictures"
      aria-describedby={noteId}
      data-over={isOver || undefined}
      onDragOver={event => {
        event.preventDefault()
        setOver(dragged === undefined)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <legend className="k-field-label">{label}</legend>
      <ul className="pictures-list">
        {list.map((picture, index) => (
          <li
            key={picture.key}
            className="picture"
            data-state={picture.state}
            data-dragged={dragged === picture.key || undefined}
            draggable
            onDragStart={() => setDragged(picture.key)}
            onDragEnd={() => setDragged(undefined)}
            onDragEnter={() => dragged && pictures.move(dragged, index)}
          >
            <Tile picture={picture} index={index} pictures={pictures} />
          </li>
        ))}
        {(list.length < countMax || countMax === 1) && (
          <li>
            <label className="picture-add">
              <Icon name="plus" />
              <span>{t(list.length === countMax ? 'pictures.replace' : 'pictures.add')}</span>
              <input
                type="file"
                className="k-sr"
                accept={accepted}
                multiple={countMax > 1}
                onChange={event => {
                  pictures.add([...(event.target.files ?? [])])
                  event.target.value = ''
                }}
              />
            </label>
          </li>
        )}
      </ul>
      <div className="k-field-note" id={noteId} aria-live="polite">
        {error ? <span className="k-field-error">{error}</span> : hint}
      </div>
    </fieldset>
  )
}

type TileProps = { picture: Picture; index: number; pictures: Pictures }

function Tile({ picture, index, pictures }: TileProps) {
  const t = useT()
  const facts = { number: index + 1 }
  const { list, move, remove } = pictures
  return (
    <>
      <img
        src={picture.url}
        alt={picture.state === 'failed' ? '' : t('pictures.picture', facts)}
        draggable={false}
      />
      {index === 0 && list.length > 1 && <span className="picture-main">{t('pictures.main')}</span>}
      {picture.state === 'uploading' && (
        <span className="picture-veil" role="status" aria-label={t('pictures.uploading')}>
          <Spinner />
        </span>
      )}
      {picture.state === 'failed' && <span className="picture-veil">{picture.problem}</span>}
      <div className="picture-tools">
        {index > 0 && (
          <IconButton
            icon="back"
            tone="glass"
            label={t('pictures.forward', facts)}
            onClick={() => move(picture.key, index - 1)}
          />
        )}
        {pictures.countMax > 1 && (
          <IconButton
            icon="close"
            tone="glass"
            label={t('pictures.remove', facts)}
            onClick={() => remove(picture.key)}
          />
        )}
      </div>
    </>
  )
}
