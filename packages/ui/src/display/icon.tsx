import type { JSX } from 'react'
import './icon.css'

/** Our own icon set: 24-unit grid, one round stroke; a path that starts with `!` is filled. */
const icons = {
  back: ['M15 5l-7 7 7 7'],
  bag: [
    'M5.6 8.5h12.8l1 10.2a2 2 0 0 1-2 2.3H6.6a2 2 0 0 1-2-2.3z',
    'M8.7 11V7.3a3.3 3.3 0 0 1 6.6 0V11',
  ],
  camera: [
    'M4 8.2h3.2L8.8 6h6.4l1.6 2.2H20a1.5 1.5 0 0 1 1.5 1.5v8.3a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 18V9.7A1.5 1.5 0 0 1 4 8.2z',
    'M12 16.7a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4z',
  ],
  chat: [
    'M20.5 11.8c0 4.1-3.8 7.2-8.5 7.2-1.1 0-2.2-.2-3.2-.5L4.5 20l1.1-3.4a6.6 6.6 0 0 1-2.1-4.8C3.5 7.7 7.3 4.5 12 4.5s8.5 3.2 8.5 7.3z',
    'M8.5 11.9h.01M12 11.9h.01M15.5 11.9h.01',
  ],
  check: ['M4.5 12.5l5 5 10-11'],
  chevron: ['M9 5l7 7-7 7'],
  close: ['M6 6l12 12M18 6L6 18'],
  copy: [
    'M9.5 8.5h9a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 8 19v-9a1.5 1.5 0 0 1 1.5-1.5z',
    'M16 8V5a1.5 1.5 0 0 0-1.5-1.5h-9A1.5 1.5 0 0 0 4 5v9a1.5 1.5 0 0 0 1.5 1.5H8',
  ],
  drag: ['M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01'],
  eye: [
    'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z',
    'M12 14.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6z',
  ],
  heart: ['M12 20.2C5.6 16 3 12.5 3 9a4.7 4.7 0 0 1 9-2 4.7 4.7 0 0 1 9 2c0 3.5-2.6 7-9 11.2z'],
  'heart-fill': [
    '!M12 20.7C5.3 16.3 2.5 12.7 2.5 9A5.2 5.2 0 0 1 12 6a5.2 5.2 0 0 1 9.5 3c0 3.7-2.8 7.3-9.5 11.7z',
  ],
  home: [
    'M4 10.8L12 4l8 6.8V19a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 19z',
    'M9.5 20v-5.5h5V20',
  ],
  language: [
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
    'M3 12h18',
    'M12 3c2.7 2.6 4 5.6 4 9s-1.3 6.4-4 9c-2.7-2.6-4-5.6-4-9s1.3-6.4 4-9z',
  ],
  live: [
    '!M12 14.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z',
    'M7.4 16.6a6.5 6.5 0 0 1 0-9.2M16.6 7.4a6.5 6.5 0 0 1 0 9.2',
    'M4.6 19.4a10.5 10.5 0 0 1 0-14.8M19.4 4.6a10.5 10.5 0 0 1 0 14.8',
  ],
  minus: ['M5 12h14'],
  muted: ['M11.5 5L7 9H3.5v6H7l4.5 4z', 'M16 9.5l5 5M21 9.5l-5 5'],
  orders: ['M6 3.5h12v17l-3-1.8-3 1.8-3-1.8-3 1.8z', 'M9.5 8.5h5M9.5 12.5h5'],
  pin: ['M9 3.5h6l-.7 6 3.2 3.5v1.5h-11V13l3.2-3.5z', 'M12 14.5v6'],
  play: ['!M8 5.2c0-.8.9-1.3 1.6-.9l10 6.8c.6.4.6 1.4 0 1.8l-10 6.8c-.7.4-1.6-.1-1.6-.9z'],
  plus: ['M12 5v14M5 12h14'],
  search: ['M10.8 17.6a6.8 6.8 0 1 0 0-13.6 6.8 6.8 0 0 0 0 13.6z', 'M15.8 15.8L20.5 20.5'],
  settings: [
    'M4 7h8.5M17.5 7H20M4 17h2.5M11.5 17H20',
    'M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM9 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  ],
  share: ['M13.5 5l7 6-7 6v-3.7c-4.5 0-7.5 1.3-10 4.7.6-5.3 4-9 10-9.3z'],
  sound: ['M11.5 5L7 9H3.5v6H7l4.5 4z', 'M15 9.2a4 4 0 0 1 0 5.6M17.8 6.5a7.8 7.8 0 0 1 0 11'],
  truck: [
    'M2.5 6h11.5v10.5H2.5z',
    'M14 9.5h4l3.5 3.5v3.5H14',
    'M7 19a1.8 1.8 0 1 0 0-3.6A1.8 1.8 0 0 0 7 19zM17.5 19a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z',
  ],
  user: ['M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8z', 'M4.5 20.5c.5-4 3.5-6.2 7.5-6.2s7 2.2 7.5 6.2'],
  warning: ['M12 4L2.8 19.5h18.4z', 'M12 10v4.5M12 17h.01'],
} as const satisfies Record<string, readonly string[]>

export type IconName = keyof typeof icons

/**
 * A picture beside words, so it is hidden from screen readers: name the control, not the icon.
 * Size follows the text (`1.25em`) unless `--icon-size` says otherwise.
 */
export function Icon({ name, className }: { name: IconName; className?: string }): JSX.Element {
  return (
    <svg className={`k-icon ${className ?? ''}`} viewBox="0 0 24 24" aria-hidden="true">
      {icons[name].map(path =>
        path.startsWith('!') ? (
          <path key={path} d={path.slice(1)} fill="currentColor" stroke="none" />
        ) : (
          <path key={path} d={path} />
        ),
      )}
    </svg>
  )
}
