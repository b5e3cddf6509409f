//! The program's side: starts the worker, asks it, and ends it when it is slow.

use std::fs::{File, Metadata};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::{ARGUMENT, Answer, Ask, Lent, LentFont, PICTURE, Request, Rewriting, read_header, write_header};
use crate::archive::Told;
use crate::code::Sighted;
use crate::condition::Condition;
use crate::inspected::{Inspected, Limit, Trouble};
use crate::kind::Kind;
use crate::limits;
use crate::look::Look;
use crate::pdf::Lettered;
use crate::reading::Models;
use crate::table::Grid;

/// A worker process, started when it is first needed and again after it died or was ended.
pub struct Worker {
    program: PathBuf,
    patience: Duration,
    running: Option<Running>,
}

struct Running {
    child: Child,
    /// Lent to the thread that writes a request.
    stdin: Option<ChildStdin>,
    answers: Receiver<io::Result<(Answer, Vec<u8>)>>,
    /// The file that the worker holds from the request before.
    holds: Option<Identity>,
    /// The models that it holds.
    reads_by: Option<Models>,
}

/// What is sent along with a request.
#[derive(Default)]
struct Along<'a> {
    fonts: &'a [Lent],
    models: Option<&'a Models>,
}

/// How a request failed.
enum Failure {
    Trouble(Trouble),
    /// The worker can't be used further.
    Ended(Trouble),
}

impl Worker {
    /// `program` is started with [`ARGUMENT`]; it must call [`super::serve_if_asked`] first of all.
    pub fn new(program: PathBuf) -> Self {
        Self { program, patience: Duration::from_secs(limits::WORKER_SECONDS), running: None }
    }

    /// Another time than [`limits::WORKER_SECONDS`] for one file.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The program that is started.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// Process id of the running worker.
    pub fn id(&self) -> Option<u32> {
        self.running.as_ref().map(|running| running.child.id())
    }

    /// Looks into the first `bytes` bytes of `file`, read from its start.
    ///
    /// # Errors
    /// Only when our own program can't be started. Whatever is wrong with the file is in [`Inspected::trouble`].
    pub fn inspect(&mut self, file: &File, bytes: u64) -> io::Result<Inspected> {
        let trouble = match self.ask(Ask::Inspect, file, bytes)? {
            Ok((Answer::Inspected(inspected), _)) => return Ok(inspected),
            Ok((Answer::Trouble(trouble), _)) => trouble,
            Ok(_) => Trouble::WorkerDied,
            Err(trouble) => trouble,
        };
        let (pages, text) = (Vec::new(), String::new());
        Ok(Inspected { kind: kind(file), pages, text, extent: None, shot: None, signed: false, trouble: Some(trouble) })
    }

    /// A page (counted from 0) as JPEG, as its look says, its longer side at most `max_side` pixels. Asking for several pages
    /// of one file sends the file once.
    ///
    /// # Errors
    /// Only when our own program can't be started; within, what keeps the page from being drawn.
    pub fn picture(&mut self, file: &File, bytes: u64, page: u32, max_side: u32, look: &Look) -> io::Result<Result<Vec<u8>, Trouble>> {
        Ok(match self.ask(Ask::Picture { page, max_side, look: look.clone() }, file, bytes)? {
            Ok((Answer::Picture { .. }, jpeg)) => Ok(jpeg),
            Ok((Answer::Trouble(trouble), _)) => Err(trouble),
            Ok(_) => Err(Trouble::WorkerDied),
            Err(trouble) => Err(trouble),
        })
    }

    /// The tables of a spreadsheet or a Word document: see [`crate::table::read`].
    ///
    /// # Errors
    /// Only when our own program can't be started; within, what keeps the tables from being read.
    pub fn tables(&mut self, file: &File, bytes: u64) -> io::Result<Result<Grid, Trouble>> {
        Ok(match self.ask(Ask::Tables, file, bytes)? {
            Ok((Answer::Tables(grid), _)) => Ok(grid),
            Ok((Answer::Trouble(trouble), _)) => Err(trouble),
            Ok(_) => Err(Trouble::WorkerDied),
            Err(trouble) => Err(trouble),
        })
    }

    /// What a page looks like (see [`crate::likeness`]); `None` for one that shows nothing or can't be drawn.
    ///
    /// # Errors
    /// Only when our own program can't be started.
    pub fn likeness(&mut self, file: &File, bytes: u64, page: u32) -> io::Result<Option<[u8; 32]>> {
        Ok(match self.ask(Ask::Likeness { page }, file, bytes)? {
            Ok((Answer::Likeness(bits), _)) => bits,
            Ok(_) | Err(_) => None,
        })
    }

    /// What a page says to the program; `None` for one that can't be drawn.
    ///
    /// # Errors
    /// Only when our own program can't be started.
    pub fn sight(&mut self, file: &File, bytes: u64, page: u32) -> io::Result<Option<Sighted>> {
        Ok(match self.ask(Ask::Sight { page }, file, bytes)? {
            Ok((Answer::Sighted(sighted), _)) => Some(sighted),
            Ok(_) | Err(_) => None,
        })
    }

    /// The text of the QR code on a page; `None` where there is none, or the page can't be drawn.
    ///
    /// # Errors
    /// Only when our own program can't be started.
    pub fn code(&mut self, file: &File, bytes: u64, page: u32) -> io::Result<Option<String>> {
        Ok(match self.ask(Ask::Code { page }, file, bytes)? {
            Ok((Answer::Code(code), _)) => code,
            Ok(_) | Err(_) => None,
        })
    }

    /// The text layer of a page with the places of its letters; empty where there is none, or it can't be read.
    ///
    /// # Errors
    /// Only when our own program can't be started.
    pub fn letters(&mut self, file: &File, bytes: u64, page: u32) -> io::Result<Lettered> {
        Ok(match self.ask(Ask::Letters { page }, file, bytes)? {
            Ok((Answer::Letters(letters), _)) => letters,
            Ok(_) | Err(_) => Lettered::default(),
        })
    }

    /// The letters on a page, read off its picture as it lies in the file; empty where there are none. Takes seconds, so like
    /// [`Self::condition`] it stands back, and [`Self::with_patience`] gives it a minute. The models are sent once a process.
    ///
    /// # Errors
    /// Only when our own program can't be started; within, what keeps the page from being drawn, or [`Trouble::Unreadable`]
    /// where the models can't be loaded.
    pub fn read(&mut self, models: &Models, file: &File, bytes: u64, page: u32) -> io::Result<Result<Lettered, Trouble>> {
        let along = Along { models: Some(models), ..Along::default() };
        Ok(match self.ask_with(Ask::Read { page }, file, bytes, along)? {
            Ok((Answer::Letters(letters), _)) => Ok(letters),
            Ok((Answer::Trouble(trouble), _)) => Err(trouble),
            Ok(_) => Err(Trouble::WorkerDied),
            Err(trouble) => Err(trouble),
        })
    }

    /// How a page was scanned; `None` for one that can't be drawn. Work that nobody waits for: where the system can, this
    /// worker stands back behind all others from now on.
    ///
    /// # Errors
    /// Only when our own program can't be started.
    pub fn condition(&mut self, file: &File, bytes: u64, page: u32) -> io::Result<Option<Condition>> {
        Ok(match self.ask(Ask::Condition { page }, file, bytes)? {
            Ok((Answer::Condition(condition), _)) => Some(condition),
            Ok(_) | Err(_) => None,
        })
    }

    /// Makes a PDF of a file, telling its bytes, and at last what is to be said of it. `fonts` are there to be drawn with.
    ///
    /// # Errors
    /// Only when our own program can't be started; within, what keeps it from being made, [`Trouble::Encrypted`] where the
    /// password is another.
    pub fn rewrite(
        &mut self,
        file: &File,
        bytes: u64,
        how: Rewriting,
        fonts: &[Lent],
        tell: &mut dyn FnMut(Told<'_>) -> ControlFlow<()>,
    ) -> io::Result<Result<(), Trouble>> {
        self.told(Ask::Rewrite(how), file, bytes, fonts, tell)
    }

    /// Unpacks an archive, telling what it holds and every member's bytes. [`ControlFlow::Break`] ends it, and the
    /// worker with it. The worker keeps its time from one part to the next.
    ///
    /// # Errors
    /// Only when our own program can't be started; within, what is wrong with the archive as a whole.
    pub fn unpack(
        &mut self,
        file: &File,
        bytes: u64,
        tell: &mut dyn FnMut(Told<'_>) -> ControlFlow<()>,
    ) -> io::Result<Result<(), Trouble>> {
        self.told(Ask::Unpack, file, bytes, &[], tell)
    }

    fn told(
        &mut self,
        ask: Ask,
        file: &File,
        bytes: u64,
        fonts: &[Lent],
        tell: &mut dyn FnMut(Told<'_>) -> ControlFlow<()>,
    ) -> io::Result<Result<(), Trouble>> {
        let along = Along { fonts, ..Along::default() };
        let mut answer = match self.ask_with(ask, file, bytes, along)? {
            Ok(answer) => answer,
            Err(trouble) => return Ok(Err(trouble)),
        };
        loop {
            let told = match answer {
                (Answer::Listed(members), _) => Told::Listed(members),
                (Answer::Begin { place }, _) => Told::Begin(place),
                (Answer::Part { .. }, ref part) => Told::Bytes(part),
                (Answer::End { trouble }, _) => Told::End(trouble),
                (Answer::Remarks(remarks), _) => Told::Remarks(remarks),
                (Answer::Unpacked, _) => return Ok(Ok(())),
                (Answer::Trouble(trouble), _) => return Ok(Err(trouble)),
                (
                    Answer::Inspected(_)
                    | Answer::Picture { .. }
                    | Answer::Likeness(_)
                    | Answer::Sighted(_)
                    | Answer::Code(_)
                    | Answer::Letters(_)
                    | Answer::Condition(_)
                    | Answer::Tables(_),
                    _,
                ) => {
                    self.running = None;
                    return Ok(Err(Trouble::WorkerDied));
                }
            };
            if tell(told).is_break() {
                self.running = None;
                return Ok(Ok(()));
            }
            let next = self.running.as_ref().map(|running| running.answers.recv_timeout(self.patience));
            answer = match next {
                Some(Ok(Ok(answer))) => answer,
                failed => {
                    self.running = None;
                    let slow = matches!(failed, Some(Err(RecvTimeoutError::Timeout)));
                    return Ok(Err(if slow { Trouble::TimedOut { seconds: self.patience.as_secs() } } else { Trouble::WorkerDied }));
                }
            };
        }
    }

    /// One more of the same program and patience, for what is looked into while this one unpacks.
    #[must_use]
    pub fn another(&self) -> Self {
        Self { program: self.program.clone(), patience: self.patience, running: None }
    }

    fn ask(&mut self, ask: Ask, file: &File, bytes: u64) -> io::Result<Result<(Answer, Vec<u8>), Trouble>> {
        self.ask_with(ask, file, bytes, Along::default())
    }

    fn ask_with(&mut self, ask: Ask, file: &File, bytes: u64, along: Along<'_>) -> io::Result<Result<(Answer, Vec<u8>), Trouble>> {
        if bytes > limits::FILE_BYTES {
            return Ok(Err(Trouble::OverLimit { limit: Limit::Bytes, found: bytes, most: limits::FILE_BYTES }));
        }
        let patience = self.patience;
        match self.running()?.ask(ask, file, bytes, along, patience) {
            Ok(answer) => Ok(Ok(answer)),
            Err(Failure::Trouble(trouble)) => Ok(Err(trouble)),
            Err(Failure::Ended(trouble)) => {
                self.running = None;
                Ok(Err(trouble))
            }
        }
    }

    fn running(&mut self) -> io::Result<&mut Running> {
        // One that died between two requests is no fault of the next file.
        let alive = self.running.as_mut().is_some_and(|running| matches!(running.child.try_wait(), Ok(None)));
        if !alive {
            self.running = None;
        }
        match &mut self.running {
            Some(running) => Ok(running),
            none => Ok(none.insert(Running::start(&self.program)?)),
        }
    }
}

impl Running {
    fn start(program: &PathBuf) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.arg(ARGUMENT).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        #[cfg(windows)]
        {
            use std::os::windows::process::CommandExt;
            const CREATE_NO_WINDOW: u32 = 0x0800_0000;
            command.creation_flags(CREATE_NO_WINDOW);
        }
        let mut child = command.spawn()?;
        let stdin = child.stdin.take().expect("the worker's input is a pipe");
        let stdout = child.stdout.take().expect("the worker's output is a pipe");
        // Parts of a large member must not pile up here.
        let (say, answers) = mpsc::sync_channel(2);
        let reader = thread::Builder::new().name("worker answers".into()).spawn(move || listen(stdout, &say));
        let running = Self { child, stdin: Some(stdin), answers, holds: None, reads_by: None };
        // Where no thread can be had, dropping `running` ends the child.
        reader.map(|_| running)
    }

    fn ask(&mut self, ask: Ask, file: &File, bytes: u64, along: Along<'_>, patience: Duration) -> Result<(Answer, Vec<u8>), Failure> {
        let unreadable = |error: io::Error| Failure::Trouble(Trouble::unreadable(error.to_string()));
        let identity = Identity::of(&file.metadata().map_err(unreadable)?, bytes);
        let held = identity.is_some() && identity == self.holds;
        // What is sent behind the request, each with its length.
        let mut sent = Vec::new();
        if !held {
            sent.push((source(file).map_err(unreadable)?, bytes));
        }
        let mut said = Vec::new();
        for Lent { stands_for, called, file, index } in along.fonts {
            let bytes = file.metadata().map_err(unreadable)?.len();
            sent.push((source(file).map_err(unreadable)?, bytes));
            said.push(LentFont { stands_for: stands_for.clone(), called: called.clone(), index: *index, bytes });
        }
        let lacking = along.models.filter(|models| self.reads_by.as_ref() != Some(models));
        let models = lacking.map(|models| sized(models).map_err(unreadable)).transpose()?;
        let lengths = models.as_ref().map(|models| models.each_ref().map(|(_, bytes)| *bytes));
        sent.extend(models.into_iter().flatten());
        self.holds = None;
        self.reads_by = self.reads_by.take().filter(|_| lacking.is_none());
        let request = Request { ask, bytes: (!held).then_some(bytes), fonts: said, models: lengths };
        let stdin = self.stdin.take().ok_or(Failure::Ended(Trouble::WorkerDied))?;
        let mut sending = Sending::start(stdin, request, sent).map_err(|error| Failure::Ended(Trouble::unreadable(error.to_string())))?;
        let answer = self.wait(&mut sending, patience)?;
        self.stdin = Some(sending.finish(patience)?);
        if !matches!(answer.0, Answer::Trouble(Trouble::OverLimit { limit: Limit::Bytes, .. } | Trouble::Unreadable { .. })) {
            self.holds = identity;
            self.reads_by = self.reads_by.take().or_else(|| lacking.cloned());
        }
        Ok(answer)
    }

    /// The answer, as long as the worker takes in what is sent and needs no longer than its time behind that.
    fn wait(&self, sending: &mut Sending, patience: Duration) -> Result<(Answer, Vec<u8>), Failure> {
        let mut sent = sending.sent.load(Ordering::Relaxed);
        let mut since = Instant::now();
        loop {
            let left = patience.saturating_sub(since.elapsed()).min(Duration::from_millis(100));
            match self.answers.recv_timeout(left) {
                Ok(Ok(answer)) => return Ok(answer),
                Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => {
                    return Err(sending.fault().err().unwrap_or(Failure::Ended(Trouble::WorkerDied)));
                }
                Err(RecvTimeoutError::Timeout) => sending.fault()?,
            }
            let now = sending.sent.load(Ordering::Relaxed);
            if now != sent {
                (sent, since) = (now, Instant::now());
            } else if since.elapsed() >= patience {
                return Err(Failure::Ended(Trouble::TimedOut { seconds: patience.as_secs() }));
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may be gone already, and it holds nothing that could be lost.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A request on its way to the worker, in a thread of its own: a full pipe or a slow stick must not keep us.
struct Sending {
    /// Bytes the worker has taken in.
    sent: Arc<AtomicU64>,
    done: Receiver<Result<ChildStdin, Option<Trouble>>>,
    /// The pipe, once everything is sent.
    back: Option<ChildStdin>,
}

impl Sending {
    fn start(mut pipe: ChildStdin, request: Request, sources: Vec<(File, u64)>) -> io::Result<Self> {
        let sent = Arc::new(AtomicU64::new(0));
        let (say, done) = mpsc::channel();
        let sending = Self { sent: Arc::clone(&sent), done, back: None };
        thread::Builder::new().name("worker request".into()).spawn(move || {
            let result = send(&mut pipe, &request, sources, &sent);
            // Nobody listens any more when the worker was ended meanwhile.
            let _ = say.send(result.map(|()| pipe));
        })?;
        Ok(sending)
    }

    /// Whether the file could be read as far as it went; the worker would wait for bytes that never come.
    fn fault(&mut self) -> Result<(), Failure> {
        match self.done.try_recv() {
            Ok(Ok(pipe)) => self.back = Some(pipe),
            Ok(Err(Some(trouble))) => return Err(Failure::Ended(trouble)),
            Ok(Err(None)) | Err(_) => {}
        }
        Ok(())
    }

    /// The pipe back, behind an answer.
    fn finish(mut self, patience: Duration) -> Result<ChildStdin, Failure> {
        match self.back.take() {
            Some(pipe) => Ok(pipe),
            None => match self.done.recv_timeout(patience) {
                Ok(Ok(pipe)) => Ok(pipe),
                Ok(Err(Some(trouble))) => Err(Failure::Ended(trouble)),
                Ok(Err(None)) | Err(_) => Err(Failure::Ended(Trouble::WorkerDied)),
            },
        }
    }
}

/// `Err(None)` when the worker is gone, which its output tells as well; `Err(Some)` when the file can't be read.
fn send(pipe: &mut ChildStdin, request: &Request, sources: Vec<(File, u64)>, sent: &AtomicU64) -> Result<(), Option<Trouble>> {
    write_header(pipe, request).map_err(|_| None)?;
    let mut buffer = vec![0; 256 << 10];
    for (mut source, bytes) in sources {
        let mut left = bytes;
        while left > 0 {
            let part = buffer.len().min(left as usize);
            let read = match source.read(&mut buffer[..part]) {
                Ok(0) => return Err(Some(Trouble::unreadable("the file is shorter than it was"))),
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(Some(Trouble::unreadable(error.to_string()))),
            };
            pipe.write_all(&buffer[..read]).map_err(|_| None)?;
            left -= read as u64;
            sent.fetch_add(read as u64, Ordering::Relaxed);
        }
    }
    Ok(())
}

/// Hands on every answer until the worker's output ends.
fn listen(stdout: ChildStdout, say: &mpsc::SyncSender<io::Result<(Answer, Vec<u8>)>>) {
    let mut from = BufReader::new(stdout);
    loop {
        let answer = hear(&mut from);
        let last = answer.is_err();
        if say.send(answer).is_err() || last {
            return;
        }
    }
}

fn hear(from: &mut BufReader<ChildStdout>) -> io::Result<(Answer, Vec<u8>)> {
    let answer = read_header::<Answer>(from)?.ok_or(io::ErrorKind::UnexpectedEof)?;
    let mut raw = Vec::new();
    if let Answer::Picture { bytes } | Answer::Part { bytes } = answer
        && (bytes > PICTURE || from.take(bytes).read_to_end(&mut raw)? as u64 != bytes)
    {
        return Err(io::ErrorKind::InvalidData.into());
    }
    Ok((answer, raw))
}

/// A second handle on the file, at its start.
fn source(file: &File) -> io::Result<File> {
    let mut source = file.try_clone()?;
    source.seek(SeekFrom::Start(0))?;
    Ok(source)
}

/// The files of the models with their lengths.
fn sized(models: &Models) -> io::Result<[(File, u64); 2]> {
    let sized = |path: &Path| {
        let file = File::open(path)?;
        let bytes = file.metadata()?.len();
        Ok::<_, io::Error>((file, bytes))
    };
    Ok([sized(&models.detect)?, sized(&models.recognise)?])
}

/// The kind by the head alone, for a file on which the worker failed. No parsing: signatures are compared.
fn kind(file: &File) -> Kind {
    let head = source(file).and_then(|source| {
        let mut head = Vec::new();
        source.take(crate::kind::HEAD as u64).read_to_end(&mut head)?;
        Ok(head)
    });
    head.map_or(Kind::Unknown, |head| Kind::sniff(&head))
}

/// Identity of a file, compared to tell whether the worker holds it already.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Identity([u64; 6]);

impl Identity {
    #[cfg(unix)]
    fn of(metadata: &Metadata, bytes: u64) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        let times = [metadata.mtime() as u64, metadata.mtime_nsec() as u64];
        Some(Self([metadata.dev(), metadata.ino(), metadata.len(), times[0], times[1], bytes]))
    }

    #[cfg(not(unix))]
    fn of(_: &Metadata, _: u64) -> Option<Self> {
        None
    }
}
