using System.Buffers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace ChatApp.Api.Knowledge.Uploads;

/// <summary>Takes one file out of a form, on its way to disk: no more than a buffer of it is in memory.</summary>
internal sealed class UploadReader(IOptions<KnowledgeOptions> options)
{
    /// <summary>What a form may have beside the file.</summary>
    public const int FormOverhead = 16 * 1024;

    // The file, and the few fields that a page may send with it.
    private const int MaxParts = 16;

    private const int BufferSize = 64 * 1024;

    private const string HowTo = "Send one file in the field 'file' of a form (multipart/form-data).";

    /// <exception cref="UploadException">There is no file, more than one, or it is empty or too large.</exception>
    public async Task<SpooledUpload> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= 100 } boundary)
        {
            throw new UploadException(StatusCodes.Status415UnsupportedMediaType, HowTo);
        }

        SpooledUpload? upload = null;
        try
        {
            var reader = new MultipartReader(boundary.Value!, request.Body);
            for (var parts = 1; await reader.ReadNextSectionAsync(cancellationToken) is { } section; parts++)
            {
                if (parts > MaxParts)
                {
                    throw new UploadException(StatusCodes.Status400BadRequest, "This form has more parts than a file needs. " + HowTo);
                }

                if (section.GetContentDispositionHeader() is not { } disposition || !disposition.IsFileDisposition())
                {
                    continue;
                }

                if (upload is not null)
                {
                    throw new UploadException(StatusCodes.Status400BadRequest, "Send one file at a time.");
                }

                var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName);
                upload = await SpoolAsync(DocumentName.Clean(name.Value), section.Body, cancellationToken);
            }

            return upload ?? throw new UploadException(StatusCodes.Status400BadRequest, "There is no file in this form. " + HowTo);
        }
        catch (Exception exception)
        {
            if (upload is not null)
            {
                await upload.DisposeAsync();
            }

            switch (exception)
            {
                case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                    throw TooLarge();
                case InvalidDataException:
                case IOException and not BadHttpRequestException:
                    throw new UploadException(StatusCodes.Status400BadRequest, "The form could not be read to its end. " + HowTo);
                default:
                    throw;
            }
        }
    }

    private async Task<SpooledUpload> SpoolAsync(string name, Stream body, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), $"chatapp-upload-{Guid.NewGuid():N}");
        var opening = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            BufferSize = 0,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
        {
            opening.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(path, opening);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (int read; (read = await body.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                if (file.Position + read > options.Value.MaxDocumentBytes)
                {
                    throw TooLarge();
                }

                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            if (file.Length == 0)
            {
                throw new UploadException(StatusCodes.Status400BadRequest, $"'{name}' is empty. Choose a file that has something in it.");
            }

            file.Position = 0;
            return new SpooledUpload(name, file, hash.GetHashAndReset());
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private UploadException TooLarge() => new(
        StatusCodes.Status413PayloadTooLarge,
        $"A document has {options.Value.MaxDocumentBytes / (1024.0 * 1024):0.#} MB at most. Send a smaller one, or a part of it.");
}
