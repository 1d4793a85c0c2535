//! Files that were packed with gzip.

use std::io::Read;

use crate::ReadError;

/// The most that a packed file may unpack to, in bytes.
const MOST: u64 = 1 << 30;

/// Unpacks bytes that begin as gzip does; others come back as they are.
///
/// # Errors
/// [`ReadError::BrokenGzip`] when the packed data are broken or unpack to more
/// than a gigabyte.
pub fn unpack(bytes: Vec<u8>) -> Result<Vec<u8>, ReadError> {
    if !bytes.starts_with(&[0x1f, 0x8b, 0x08]) {
        return Ok(bytes);
    }
    let mut out = Vec::with_capacity(bytes.len() * 4);
    flate2::read::MultiGzDecoder::new(bytes.as_slice())
        .take(MOST + 1)
        .read_to_end(&mut out)
        .map_err(|error| ReadError::BrokenGzip(error.to_string()))?;
    if out.len() as u64 > MOST {
        let problem = "it unpacks to more than a gigabyte".to_owned();
        return Err(ReadError::BrokenGzip(problem));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn packed_bytes_are_unpacked_and_others_left_alone() {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(b"The pier is sold.").unwrap();
        let packed = packer.finish().unwrap();
        assert_eq!(unpack(packed.clone()).unwrap(), b"The pier is sold.");
        assert!(matches!(
            unpack(packed[..15].to_vec()),
            Err(ReadError::BrokenGzip(_))
        ));
        assert_eq!(unpack(b"plain".to_vec()).unwrap(), b"plain");
    }
}
