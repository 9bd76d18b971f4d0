// The light build has the full build's types but ships none of its own.
declare module 'hls.js/light' {
  import Hls from 'hls.js'
  export default Hls
}
