// The one doorway to Rust: a method per act. Everything rejects with a `Problem`.
import { inject, type InjectionKey } from "vue";
import type {
  ActView,
  AlikeView,
  BatchView,
  CaptionView,
  CatalogueView,
  ChosenView,
  CompileMessage,
  ConsultedView,
  CreationView,
  DeclarationView,
  DemandKindView,
  DescriptionView,
  DifferenceView,
  EditionView,
  ExaminedView,
  ExchangeMessage,
  FieldView,
  FindingsView,
  FindingView,
  FontsView,
  ForeseenView,
  FramingView,
  GridView,
  IntakeMessage,
  KitReviewView,
  LabelsView,
  LateView,
  LayoutView,
  LeafName,
  LeafView,
  LineView,
  ListView,
  MarkView,
  MaskAreaView,
  MergingView,
  NextRoundView,
  NodeView,
  Opened,
  OpeningView,
  OptionsView,
  OrderView,
  PackageView,
  PeriodView,
  PictureView,
  PieceView,
  PlaceView,
  ProgressView,
  ProjectView,
  ReceivedView,
  ReportFormatView,
  ReportView,
  ReturnedView,
  RowView,
  SavedView,
  SeparatorsView,
  SettingsView,
  StandingView,
  StatusView,
  TakenBackView,
  UnitDutyView,
  UnitStandingView,
} from "./bindings";

/** Longest side of a picture in px: thumbnail, view, zoomed. No other is drawn. */
export type Side = 120 | 1200 | 2400;

/** Files dragged over the window. Their paths stay in Rust. */
export type DropPhase = { phase: "over" | "leave" | "dropped"; count: number };

export interface Port {
  opening(): Promise<OpeningView>;
  status(): Promise<StatusView>;
  /** Asks for the folder of a project, for `openChosen`; whether one was chosen. */
  chooseProject(): Promise<boolean>;
  openChosen(): Promise<ProjectView>;
  openRecent(at: number): Promise<ProjectView>;
  openSample(told: (progress: ProgressView) => void): Promise<ProjectView>;
  recoverProject(): Promise<ProjectView>;
  choosePlace(): Promise<string | null>;
  chooseCatalogue(): Promise<CatalogueView | null>;
  takeColumns(layouts: LayoutView[]): Promise<CatalogueView>;
  offeredPeriod(): Promise<PeriodView>;
  createProject(creation: CreationView): Promise<ProjectView>;
  setProject(settings: SettingsView): Promise<ProjectView>;
  project(): Promise<ProjectView>;
  closeProject(): Promise<null>;
  closeWindow(): Promise<null>;
  /** The window stays open, although the clerk wanted it closed. */
  keepWindow(): Promise<null>;

  tree(): Promise<NodeView[]>;
  unitsTree(): Promise<NodeView[]>;
  /** `order` `null`: as the binder has it. */
  pieces(place: PlaceView, order: OrderView | null): Promise<ListView>;
  /** In everything, or in the list of a place. */
  search(words: string, within: PlaceView | null, order: OrderView | null): Promise<ListView>;
  /** Of the list of the leaf `under`, of what holds `words`. */
  rows(pieces: number[], under: string | null, words: string): Promise<RowView[]>;
  chosen(pieces: number[]): Promise<ChosenView>;
  piece(id: number): Promise<PieceView>;
  /** Pages of its scan on which one of the words stands. */
  pagesHolding(piece: number, words: string): Promise<number[]>;
  /** Where words stand on a page, in ten-thousandths of the page as it came. */
  hits(piece: number, page: number, words: string): Promise<MaskAreaView[]>;
  leaf(code: string): Promise<LeafView>;
  findLeaves(typed: string): Promise<LeafName[]>;
  consult(asked: string): Promise<ConsultedView>;

  file(pieces: number[], under: string): Promise<null>;
  moveTo(pieces: number[], from: string | null, under: string): Promise<null>;
  unfile(pieces: number[], from: string): Promise<null>;
  /** 另印 where they are filed, or 互见 again. */
  printAgain(pieces: number[], under: string, again: boolean): Promise<null>;
  reorder(evidence: number[], position: number): Promise<null>;
  describe(piece: number, description: DescriptionView): Promise<null>;
  /** One field of other pieces becomes what it is of `like`. */
  describeAlike(like: number, field: FieldView, pieces: number[]): Promise<null>;
  turnPage(piece: number, page: number, turn: number): Promise<null>;
  leaveOut(piece: number, page: number, leftOut: boolean): Promise<null>;
  framePage(piece: number, page: number, framing: FramingView): Promise<null>;
  /** Hundredths of a degree. */
  suggestTilt(piece: number, page: number): Promise<number | null>;
  /** Before each of these pages; the new pieces. */
  split(piece: number, starts: number[]): Promise<number[]>;
  marks(piece: number): Promise<MarkView[]>;
  addMark(piece: number, page: number, line: LineView): Promise<number>;
  removeMark(mark: number): Promise<null>;
  addMask(piece: number, page: number, area: MaskAreaView): Promise<number>;
  maskNumbers(piece: number): Promise<number>;
  removeMask(mask: number): Promise<null>;
  setCaption(pieces: number[], caption: CaptionView): Promise<null>;
  captionAlike(like: number, pieces: number[]): Promise<null>;
  join(pieces: number[], told: (now: ProgressView) => void): Promise<number>;
  /** Pairs, the nearest first. */
  lookAlikes(told: (now: ProgressView) => void): Promise<AlikeView[]>;
  keepBoth(first: number, other: number): Promise<null>;
  keepOne(kept: number, other: number): Promise<null>;
  remove(pieces: number[]): Promise<null>;
  restore(pieces: number[]): Promise<null>;
  acceptSuggestions(pieces: number[]): Promise<null>;
  /** Writes what a piece says of itself where a person has said nothing. */
  fillAsRead(piece: number): Promise<null>;
  holdPlace(under: string): Promise<number>;
  /** What would go with a piece that is purged, in words. */
  askPurge(piece: number): Promise<string>;
  /** 彻底清除: what was done, in words. */
  purge(piece: number, told: (now: ProgressView) => void): Promise<string>;
  undo(): Promise<TakenBackView | null>;
  redo(): Promise<TakenBackView | null>;
  history(): Promise<ActView[]>;
  /** Takes back an act and all after it; how many they were. */
  undoTo(act: number): Promise<number>;

  takeInFolder(told: (message: IntakeMessage) => void): Promise<boolean>;
  takeInFiles(told: (message: IntakeMessage) => void): Promise<boolean>;
  takeInDropped(told: (message: IntakeMessage) => void): Promise<boolean>;
  resumeBatch(batch: number, told: (message: IntakeMessage) => void): Promise<null>;
  cancel(): Promise<void>;
  batches(): Promise<BatchView[]>;
  batch(id: number): Promise<ReceivedView[]>;
  exportBatch(id: number): Promise<string | null>;
  confirmPending(candidate: number): Promise<ReceivedView>;
  declinePending(candidate: number): Promise<ReceivedView>;
  openPending(candidate: number): Promise<null>;
  unlockPending(candidate: number, password: string): Promise<ReceivedView>;
  makeSeparators(codes: string[], units: string[]): Promise<SeparatorsView>;
  /** How many pieces it became; 0 where no sheet is in it. */
  sortBySheets(piece: number, told: (now: ProgressView) => void): Promise<number>;

  findings(): Promise<FindingsView>;
  /** By the place of each in `findings`. */
  findingLines(findings: number[]): Promise<[number, FindingView][]>;
  /** What is left to do on a piece. */
  findingsOn(piece: number): Promise<FindingView[]>;
  /** 已核对，无需处理: by the places in the `findings` that have this number. */
  setAside(check: number, findings: number[], reason: string): Promise<null>;
  takeUpAgain(check: number, findings: number[]): Promise<null>;
  /** Looks at how pages were scanned; done when nothing is left, or a long act has begun. */
  lookOver(told: (progress: ProgressView) => void): Promise<null>;
  /** 文字识别: reads the letters off pages that came in, in the same way. */
  readPages(told: (progress: ProgressView) => void): Promise<null>;
  /** Ends what these two do; what was done is kept. */
  stopBehind(): Promise<void>;
  grid(): Promise<GridView>;
  standing(): Promise<StandingView>;
  unitDuties(unit: string): Promise<UnitDutyView[]>;
  selfAssess(code: string, points: (number | null)[], narrative: string): Promise<null>;
  demand(kind: DemandKindView, pieces: number[], under: string | null, reason: string): Promise<null>;
  demandAt(kind: DemandKindView, code: string, year: number | null, unit: string | null, reason: string): Promise<null>;
  papers(code: string): Promise<RowView[]>;
  leaderPage(): Promise<string>;
  settle(demand: number): Promise<null>;
  declare(code: string, declaration: DeclarationView | null): Promise<null>;
  foresee(options: OptionsView): Promise<ForeseenView>;
  fonts(options: OptionsView): Promise<FontsView>;
  makeLabels(options: OptionsView): Promise<LabelsView>;
  /** `accepted`: the clerk knows which veto items nothing proves. */
  compilePackage(options: OptionsView, accepted: boolean, told: (message: CompileMessage) => void): Promise<null>;
  packages(): Promise<PackageView[]>;
  packageLeftOut(at: number): Promise<string[]>;
  edition(): Promise<EditionView | null>;
  issuePackage(at: number): Promise<null>;
  beginNewEdition(): Promise<null>;
  makeChangePack(told: (message: CompileMessage) => void): Promise<null>;
  openPackage(at: number, what: Opened, volume: number): Promise<null>;

  lateUnits(): Promise<LateView[]>;
  makeReport(report: ReportView, unit: string | null, format: ReportFormatView): Promise<string | null>;
  makeReminders(units: string[]): Promise<number | null>;
  unitStandings(): Promise<UnitStandingView[]>;
  makeKits(units: string[], zip: boolean, told: (message: ExchangeMessage) => void): Promise<boolean>;
  returnedKits(): Promise<ReturnedView[]>;
  reviewKit(id: number): Promise<KitReviewView>;
  fileKit(id: number): Promise<number>;
  backUpProject(told: (message: ExchangeMessage) => void): Promise<boolean>;
  /** 检查原件: every original is read again. */
  examineOriginals(told: (now: ProgressView) => void): Promise<ExaminedView>;
  /** Puts originals back from a backup, by their digests; what was done, in words. */
  putBackOriginals(originals: string[], told: (now: ProgressView) => void): Promise<string>;
  /** Of a package by its place in the list, else of the newest that is a PDF. */
  makeStick(at: number | null, told: (message: ExchangeMessage) => void): Promise<boolean>;
  /** Asks for a 交换包; what it would bring. */
  chooseBundle(told: (now: ProgressView) => void): Promise<MergingView | null>;
  /** `theirs`: keys of the conflicts in which the other project is right. */
  mergeBundle(theirs: string[], told: (message: ExchangeMessage) => void): Promise<boolean>;
  savedIndexes(): Promise<SavedView[]>;
  previewRestore(file: string): Promise<DifferenceView>;
  restoreSaved(file: string): Promise<ProjectView>;
  nextRound(): Promise<NextRoundView>;
  startNextRound(round: NextRoundView, folder: string): Promise<ProjectView>;

  /** Address of a picture of a page. */
  picture(picture: PictureView, side: Side): string;
  /** Address of a sheet of a proof. */
  sheet(proof: number, at: { volume: number; sheet: number }, side: Side): string;
  onDrop(handle: (drop: DropPhase) => void): void;
  /** The clerk wants the window closed. It closes at `closeWindow`, or when that is wanted once more. */
  onClosing(handle: () => void): void;
}

export const portKey: InjectionKey<Port> = Symbol("port");

export function usePort(): Port {
  const port = inject(portKey);
  if (!port) throw new Error("no port was provided");
  return port;
}
