/** Where the picture is drawn, in pixels; labels of marks stand in rows between `head` and `top`. */
export type Frame = {
  left: number;
  right: number;
  top: number;
  bottom: number;
  head: number;
  row: number;
};
