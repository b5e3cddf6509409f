//! A network: loaded from bytes, run on numbers.

use std::sync::Arc;

use rten::{Model, ModelOptions, RunOptions, ThreadPool};
use rten_tensor::NdTensor;

/// Why reading failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The file is damaged, or holds another network.
    #[error("the model can't be loaded: {detail}")]
    Model { detail: String },
    #[error("the model gave up: {detail}")]
    Run { detail: String },
}

pub(crate) struct Network {
    model: Model,
    threads: Arc<ThreadPool>,
}

/// Pages are read side by side by as many workers, not each by many threads.
pub(crate) fn one_thread() -> Arc<ThreadPool> {
    Arc::new(ThreadPool::with_num_threads(1))
}

impl Network {
    pub(crate) fn load(bytes: Vec<u8>, threads: &Arc<ThreadPool>) -> Result<Self, Error> {
        let mut options = ModelOptions::with_all_ops();
        options.prepack_weights(true);
        let model = options.load(bytes).map_err(|error| Error::Model { detail: error.to_string() })?;
        Ok(Self { model, threads: Arc::clone(threads) })
    }

    /// A value of the model's own metadata.
    pub(crate) fn told(&self, name: &str) -> Option<&str> {
        self.model.metadata().get(name)
    }

    /// The one output of `N` dimensions for an input of one picture: channels, rows, columns.
    pub(crate) fn run<const N: usize>(&self, input: NdTensor<f32, 4>) -> Result<NdTensor<f32, N>, Error> {
        let failed = |detail: String| Error::Run { detail };
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.threads)));
        let output = self.model.run_one(input.into(), Some(options)).map_err(|error| failed(error.to_string()))?;
        output.try_into().map_err(|error: rten::TryFromValueError| failed(error.to_string()))
    }
}
